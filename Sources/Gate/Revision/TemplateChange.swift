import JSON
import Platform

/// What differs between two pod templates, told in one line.
struct TemplateChange {
    /// The longest text.
    static let limit = 250

    /// The lists within a template whose elements are known by name.
    private static let containerLists = ["spec.initContainers", "spec.containers", "spec.ephemeralContainers"]

    /// The lists whose images tell what changes.
    private static let imageLists = ["initContainers", "containers"]

    /// The maps within a template that mean the same missing and empty.
    private static let maps = ["metadata.labels", "metadata.annotations"]

    /// How many paths are named.
    private static let namedPaths = 3

    /// An image that changes, by its container's name.
    struct Image: Hashable {
        /// The container's name.
        let container: String
        /// The image before.
        let old: String
        /// The image after.
        let new: String
    }

    /// The images that change in containers which both templates have.
    let images: [Image]
    /// The paths that differ, relative to the template, in the order in which they stand; empty where an image changes,
    /// which says enough.
    let paths: [String]

    /// That these images differ.
    init(images: [Image]) {
        self.images = images
        paths = []
    }

    /// The images that differ between two templates in requests.
    static func images(from old: JSONCursor, to new: JSONCursor) -> [Image] {
        guard let old = old["spec"], let new = new["spec"] else { return [] }
        return changes(from: old["initContainers"], to: new["initContainers"])
            + changes(from: old["containers"], to: new["containers"])
    }

    /// What differs between two templates.
    init(from old: JSONValue, to new: JSONValue) {
        images = Self.changes(from: Self.images(of: old), to: Self.images(of: new))
        paths = images.isEmpty ? Self.paths(from: old, to: new) : []
    }

    /// `podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1`, or `template changed: spec.containers[podinfod].env`: no
    /// control characters, at most 250 characters.
    var text: String { OneLine.cut(images.isEmpty ? pathsText : imagesText, to: Self.limit) }

    /// `created: podinfod: stefanprodan/podinfo:3.1.1`: what a Deployment comes into being with.
    static func creation(of template: JSONValue) -> String {
        let images = (template[path: "spec", "containers"]?.array ?? []).compactMap { container -> String? in
            guard let name = container["name"]?.string, let image = container["image"]?.string else { return nil }
            return "\(name): \(image)"
        }
        return OneLine.cut("created: \(images.joined(separator: ", "))", to: limit)
    }

    private var imagesText: String {
        var text: [UInt8] = []
        text.reserveCapacity(128)
        for image in images {
            if !text.isEmpty { text.append(contentsOf: ", ".utf8) }
            text.append(contentsOf: image.container.utf8)
            text.append(contentsOf: ": ".utf8)
            ImageReference.appendChange(from: image.old, to: image.new, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private var pathsText: String {
        let named = paths.prefix(Self.namedPaths).joined(separator: ", ")
        let more = paths.count - Self.namedPaths
        return "template changed: \(named)" + (more > 0 ? " and \(more) more" : "")
    }

    /// A container of a template.
    private struct Container {
        /// The list it stands in, `initContainers` or `containers`.
        let list: String
        let name: String
        let image: String
    }

    /// The images that change from one list of containers in a request to another.
    private static func changes(from old: JSONCursor?, to new: JSONCursor?) -> [Image] {
        guard let stored = old?.elements, let sent = new?.elements else { return [] }
        var changes: [Image] = []
        for (position, container) in sent.enumerated() {
            guard let name = container["name"], let image = container["image"],
                let before = find(name, in: stored, near: position)?["image"], !before.isEqual(to: image),
                let container = name.string, let old = before.string, let new = image.string
            else { continue }
            changes.append(Image(container: container, old: old, new: new))
        }
        return changes
    }

    /// The first container called `name`, which most likely stands where it stood.
    private static func find(_ name: JSONCursor, in containers: [JSONCursor], near position: Int) -> JSONCursor? {
        if position < containers.count, containers[position]["name"]?.isEqual(to: name) == true {
            return containers[position]
        }
        return containers.first { $0["name"]?.isEqual(to: name) == true }
    }

    private static func images(of template: JSONValue) -> [Container] {
        imageLists.flatMap { list in
            (template[path: "spec", list]?.array ?? []).compactMap { container in
                guard let name = container["name"]?.string, let image = container["image"]?.string else { return nil }
                return Container(list: list, name: name, image: image)
            }
        }
    }

    private static func changes(from old: [Container], to new: [Container]) -> [Image] {
        new.compactMap { container in
            guard let stored = old.first(where: { $0.list == container.list && $0.name == container.name }),
                stored.image != container.image
            else { return nil }
            return Image(container: container.name, old: stored.image, new: container.image)
        }
    }

    private static func paths(from old: JSONValue, to new: JSONValue) -> [String] {
        var paths: [String] = []
        collect(old, new, at: "", into: &paths)
        return paths
    }

    /// Adds to `paths` where `old` and `new` differ; a null member is none.
    private static func collect(_ old: JSONValue?, _ new: JSONValue?, at path: String, into paths: inout [String]) {
        let missing: JSONValue = maps.contains(path) ? [:] : .null
        let (before, after) = (old ?? missing, new ?? missing)
        guard before != after else { return }
        if let left = before.object, let right = after.object {
            for key in left.keys + right.keys.filter({ left[$0] == nil }) {
                collect(left[key], right[key], at: Self.path(path, member: key), into: &paths)
            }
        } else if containerLists.contains(path), let left = named(before), let right = named(after), left != right {
            for key in left.keys + right.keys.filter({ left[$0] == nil }) {
                collect(left[key], right[key], at: "\(path)[\(key)]", into: &paths)
            }
        } else {
            paths.append(path)
        }
    }

    /// `elements` as an object by their names; nil when one has none or a name stands twice.
    private static func named(_ list: JSONValue) -> JSONObject? {
        guard let elements = list.array else { return nil }
        var object = JSONObject()
        for element in elements {
            guard let name = element["name"]?.string, object[name] == nil else { return nil }
            object[name] = element
        }
        return object
    }

    private static func path(_ path: String, member: String) -> String {
        if member.contains(where: { $0 == "." || $0 == "/" }) { return "\(path)[\(member)]" }
        return path.isEmpty ? member : "\(path).\(member)"
    }
}
