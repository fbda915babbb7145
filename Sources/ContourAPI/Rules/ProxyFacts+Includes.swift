import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Schema

/// What the includes lead to.
extension ProxyFacts {
    mutating func checkIncludes() {
        let includes = outline.includes
        guard !includes.isEmpty else { return }
        let circles = IncludeCircles(through: outline, among: around)
        isCut = isCut || circles.isCut
        for include in includes where !include.target.name.isEmpty && include.target != outline.key {
            guard let child = around.proxy(include.target) else {
                if around.areAllKnown, !around.view.isToBeMade(.httpProxies, include.target), !isPassedOver(include) {
                    add(GraphFaults.includeMissing(include))
                }
                continue
            }
            if child.isRoot {
                if !isPassedOver(include) { add(GraphFaults.includeRoot(include)) }
            } else if let circle = circles.circle(by: include.target), !isPassedOver(include) {
                add(GraphFaults.includeCycle(include, circle))
            }
        }
    }

    /// Whether what is wrong with `include` itself comes first.
    private func isPassedOver(_ include: ProxyOutline.Include) -> Bool { Ways.isSkipped(include, checks) }

    mutating func checkTCPInclude() {
        guard let target = outline.tcpTarget else { return }
        let child = around.proxy(target)
        guard child != nil || around.areAllKnown else { return }
        if let fault = GraphFaults.tcpInclude(of: outline, to: child, above: [outline.key]) {
            return add(fault)
        }
        guard let child else { return }
        guard child.hasTCP else { return add(GraphFaults.tcpIncludeEmpty(of: outline, target)) }
        var circle = [outline.key]
        var next: ProxyOutline? = child
        while let object = next, circle.count <= ProxyGraph.depthLimit {
            circle.append(object.key)
            if object.tcpTarget == outline.key {
                return add(GraphFaults.tcpCycle(of: outline, circle + [outline.key]))
            }
            guard let target = object.tcpTarget, !circle.contains(target) else { return }
            next = around.proxy(target)
        }
    }
}
