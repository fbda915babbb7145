import ArgumentParser
import FlaggerAPI
import Platform
import YAML

/// `canarygate crds`: the CustomResourceDefinitions, as they are in `manifests/base/crds`.
struct CRDsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crds",
        abstract: "Print the CustomResourceDefinitions as YAML documents."
    )

    func run() {
        let documents = CustomResources.crds().map(YAMLWriter.text)
        ProcessEnvironment.print(documents.joined(separator: "---\n"))
    }
}
