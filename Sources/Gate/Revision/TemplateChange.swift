import JSON
import Platform

/// What differs between two pod templates, told in one line.
struct TemplateChange {
    /// The longest text.
    static let limit = 250

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

    /// What differs between two templates, of whose images `images` differ.
    init<Value: TemplateValue>(images: [Image], from old: Value, to new: Value) {
        self.images = images
        paths = images.isEmpty ? TemplateDifference(from: old, to: new).paths : []
    }

    /// What differs between two templates.
    init<Value: TemplateValue>(from old: Value, to new: Value) {
        self.init(images: Self.images(from: old, to: new), from: old, to: new)
    }

    /// The images that differ between two templates.
    static func images<Value: TemplateValue>(from old: Value, to new: Value) -> [Image] {
        guard let old = old.member("spec"), let new = new.member("spec") else { return [] }
        return changes(from: old.member("initContainers"), to: new.member("initContainers"))
            + changes(from: old.member("containers"), to: new.member("containers"))
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

    /// The images that change from one list of containers to another.
    private static func changes<Value: TemplateValue>(from old: Value?, to new: Value?) -> [Image] {
        guard let stored = old?.elements, let sent = new?.elements else { return [] }
        var places: [ByteText: Value]?
        var changes: [Image] = []
        for (position, container) in sent.enumerated() {
            guard let name = container.member("name"), let image = container.member("image") else { continue }
            var before: Value?
            // It most likely stands where it stood; else a table finds it, as there may be very many.
            if position < stored.count, stored[position].member("name")?.isEqual(to: name) == true {
                before = stored[position]
            } else if let name = name.string {
                let table = places ?? table(of: stored)
                places = table
                before = table[ByteText(name)]
            }
            guard let before = before?.member("image"), !before.isEqual(to: image),
                let container = name.string, let old = before.string, let new = image.string
            else { continue }
            changes.append(Image(container: container, old: old, new: new))
        }
        return changes
    }

    /// The containers by their names, the first of each.
    private static func table<Value: TemplateValue>(of containers: [Value]) -> [ByteText: Value] {
        var table: [ByteText: Value] = [:]
        for container in containers.reversed() {
            if let name = container.member("name")?.string { table[ByteText(name)] = container }
        }
        return table
    }
}
