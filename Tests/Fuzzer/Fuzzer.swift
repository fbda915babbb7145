import FuzzTargets
import Platform

/// What libFuzzer calls: the target that `CANARYGATE_FUZZ` names, with the bytes that it made.
private let target: FuzzTarget = {
    let name = ProcessEnvironment.variables["CANARYGATE_FUZZ"] ?? ""
    guard let target = FuzzTarget.named(name) else {
        fatalError("CANARYGATE_FUZZ is \"\(name)\", expected \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
    }
    return target
}()

/// Runs the target once and traps when an invariant does not hold, which libFuzzer takes down as a crash.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do {
        try target.run(bytes)
    } catch {
        fatalError("\(target.name): \(error)")
    }
    return 0
}
