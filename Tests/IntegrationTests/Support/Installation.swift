import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// The objects of `manifests/base`, brought into a cluster that calls its webhooks at an address of this machine.
struct Installation {
    private static let types: [ResourceType] = [
        .namespaces, .customResourceDefinitions, .services, .deployments, .validatingWebhooks, .mutatingWebhooks,
        ResourceType(group: "", version: "v1", plural: "serviceaccounts", kind: "ServiceAccount"),
        ResourceType(
            group: "rbac.authorization.k8s.io",
            version: "v1",
            plural: "clusterroles",
            kind: "ClusterRole",
            isNamespaced: false
        ),
        ResourceType(
            group: "rbac.authorization.k8s.io",
            version: "v1",
            plural: "clusterrolebindings",
            kind: "ClusterRoleBinding",
            isNamespaced: false
        ),
        ResourceType(group: "rbac.authorization.k8s.io", version: "v1", plural: "roles", kind: "Role"),
        ResourceType(group: "rbac.authorization.k8s.io", version: "v1", plural: "rolebindings", kind: "RoleBinding"),
        .podDisruptionBudgets,
    ]

    /// The webhooks' host and port.
    let address: String
    /// What the API server trusts there, base64.
    let caBundle: String

    /// Creates the objects; those that are there already are replaced.
    func install(in api: any KubernetesAPI) async throws {
        let kustomization = try RepositoryFiles.documents("manifests/base/kustomization.yaml")[0]
        for file in kustomization["resources"]?.array ?? [] {
            for object in try RepositoryFiles.documents("manifests/base/\(file.string ?? "")") {
                let type = try #require(Self.types.first { $0.kind == object["kind"]?.string })
                try await put(type, calledHere(object), api)
            }
        }
    }

    /// Takes the webhooks out again, so that a cluster that goes on calls nobody.
    func uninstall(from api: any KubernetesAPI) async throws {
        for type in [ResourceType.validatingWebhooks, .mutatingWebhooks] {
            try await api.delete(type, ObjectKey(namespace: nil, name: "canarygate"))
        }
    }

    private func put(_ type: ResourceType, _ object: JSONValue, _ api: any KubernetesAPI) async throws {
        do throws(KubernetesError) {
            _ = try await api.create(type, object, namespace: object.namespace)
        } catch {
            guard error.isAlreadyExists else { throw error }
            try await replace(type, object, api)
        }
    }

    private func replace(_ type: ResourceType, _ object: JSONValue, _ api: any KubernetesAPI) async throws {
        var object = object
        object[path: "metadata", "resourceVersion"] = .string(try await api.get(type, object.key).resourceVersion)
        _ = try await api.update(type, object.key, object, subresource: nil)
    }

    /// `object` with its Services' webhooks made URLs, as the overlay `manifests/sandbox` has it.
    private func calledHere(_ object: JSONValue) -> JSONValue {
        var object = object
        if let conversion = object[path: "spec", "conversion", "webhook"] {
            object[path: "spec", "conversion", "webhook"] = calledHere(webhook: conversion)
        }
        guard let webhooks = object["webhooks"]?.array else { return object }
        object["webhooks"] = .array(webhooks.map { calledHere(webhook: $0) })
        return object
    }

    private func calledHere(webhook: JSONValue) -> JSONValue {
        var webhook = webhook
        let path = webhook[path: "clientConfig", "service", "path"]?.string ?? ""
        webhook["clientConfig"] = ["caBundle": .string(caBundle), "url": .string("https://\(address)\(path)")]
        return webhook
    }
}
