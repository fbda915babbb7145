package import JSON
package import Kubernetes

/// Gives custom objects in other versions of their kind.
package protocol VersionConversion: Sendable {
    /// `objects` in `apiVersion`, in their order; those that are in it already are left alone.
    ///
    /// `conversion` is `spec.conversion` of the kind's definition.
    ///
    /// - Throws: `KubernetesError` whose `status` is the answer for the client, when one cannot be converted.
    func converted(
        _ objects: [JSONValue],
        to apiVersion: String,
        by conversion: JSONValue
    ) async throws(KubernetesError) -> [JSONValue]
}

extension VersionConversion {
    /// One object in `apiVersion`.
    func converted(
        _ object: JSONValue,
        to apiVersion: String,
        by conversion: JSONValue
    ) async throws(KubernetesError) -> JSONValue {
        guard object["apiVersion"]?.string != apiVersion else { return object }
        return try await converted([object], to: apiVersion, by: conversion).first ?? object
    }
}
