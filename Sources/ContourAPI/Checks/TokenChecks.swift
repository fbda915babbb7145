import JSON
import Schema

/// What can be wrong with the providers of tokens.
enum TokenChecks {
    private static let type = "JWTVerificationError"

    static func check(_ context: ProxyContext, into faults: inout FaultList) {
        var names: Set<String> = []
        var standard: String?
        for (index, provider) in context.virtualHost.list("jwtProviders").enumerated() {
            let path = "spec.virtualhost.jwtProviders[\(index)]"
            let name = provider["name"]?.string ?? ""
            if !names.insert(name).inserted {
                faults.add(
                    .providerDuplicate,
                    at: "\(path).name",
                    provider["name"],
                    "a second provider named \(name)",
                    write: "give each its own name"
                )
            }
            if provider.flag("default") {
                if let standard {
                    faults.add(
                        .defaultDuplicate,
                        at: "\(path).default",
                        true,
                        "a second default beside \(standard)",
                        write: "keep one of the two"
                    )
                } else if !name.isEmpty {
                    standard = name
                }
            }
            checkKeys(provider, at: path, context, into: &faults)
        }
    }

    private static func checkKeys(
        _ provider: JSONValue,
        at path: String,
        _ context: ProxyContext,
        into faults: inout FaultList
    ) {
        let remote = provider["remoteJWKS"] ?? .null
        let local = provider["localJWKS"] ?? .null
        guard let url = remote.text("uri"), let secret = local.text("secretName") else { return }
        guard url.isEmpty != secret.isEmpty else {
            let isBoth = !url.isEmpty
            faults.add(
                isBoth ? .keySource.reporting("JWKSSourceConflict") : .keySource,
                at: path,
                provider,
                isBoth ? "both remoteJWKS and localJWKS" : "neither remoteJWKS.uri nor localJWKS.secretName",
                write: "write where the keys are: remoteJWKS.uri or localJWKS.secretName"
            )
            return
        }
        if !remote.isNull, !local.isNull {
            faults.add(.keySource.silent, at: path, provider, "both remoteJWKS and localJWKS", write: "keep one")
        }
        if secret.isEmpty {
            RemoteKeyChecks(url: url, keys: remote, path: "\(path).remoteJWKS").check(context, into: &faults)
        } else if let key = local.filled("key") {
            let condition = (type, "LocalJWKSInvalid")
            SecretChecks(secret, at: "\(path).localJWKS.secretName", condition, undelegated: condition)
                .check(for: .tokenKeys(key), context.answers, into: &faults)
        }
    }
}
