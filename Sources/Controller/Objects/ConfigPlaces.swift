import JSON

/// The places in a pod template that name the ConfigMaps and Secrets that its pods read: volumes, projected or not, and
/// variables, in all kinds of containers.
///
/// Not those for image pulls and storage drivers: no container reads them.
enum ConfigPlaces {
    /// What is done with a name: nil leaves it.
    private typealias Visit = (ConfigName, _ isOptional: Bool) -> String?

    /// `template` with the names that `rename` gives.
    static func renamed(in template: JSONValue, _ rename: (ConfigName) -> String?) -> JSONValue {
        var template = template
        withoutActuallyEscaping(rename) { rename in visit(&template) { name, _ in rename(name) } }
        return template
    }

    /// The names in `template`, and whether pods cannot do without: one place that needs it is enough.
    static func names(in template: JSONValue) -> [ConfigName: Bool] {
        var names: [ConfigName: Bool] = [:]
        var template = template
        visit(&template) { name, isOptional in
            names[name, default: false] = names[name, default: false] || !isOptional
            return nil
        }
        return names
    }

    private static func visit(_ template: inout JSONValue, _ visit: Visit) {
        template.changeElements(of: ["spec", "volumes"]) { volume in
            look(at: &volume, "configMap", .configMap, visit)
            look(at: &volume, "secret", .secret, named: "secretName", visit)
            volume.changeElements(of: ["projected", "sources"]) { source in
                look(at: &source, "configMap", .configMap, visit)
                look(at: &source, "secret", .secret, visit)
            }
        }
        for containers in ["initContainers", "containers", "ephemeralContainers"] {
            template.changeElements(of: ["spec", containers]) { container in
                container.changeElements(of: ["env"]) { variable in
                    variable.change(["valueFrom"]) { source in
                        look(at: &source, "configMapKeyRef", .configMap, visit)
                        look(at: &source, "secretKeyRef", .secret, visit)
                    }
                }
                container.changeElements(of: ["envFrom"]) { source in
                    look(at: &source, "configMapRef", .configMap, visit)
                    look(at: &source, "secretRef", .secret, visit)
                }
            }
        }
    }

    private static func look(
        at place: inout JSONValue,
        _ key: String,
        _ kind: ConfigName.Kind,
        named field: String = "name",
        _ visit: Visit
    ) {
        place.change([key]) { reference in
            guard let name = reference[field]?.string, !name.isEmpty else { return }
            let isOptional = reference["optional"]?.bool ?? false
            guard let renamed = visit(ConfigName(kind: kind, name: name), isOptional) else { return }
            reference[field] = .string(renamed)
        }
    }
}
