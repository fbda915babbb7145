import FlaggerAPI
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// The versions in the CustomResourceDefinition of Canaries.
@Suite(.timeLimit(.minutes(1))) struct CanaryDefinitionTests {
    private static let address = ConversionWebhook.Address.service(namespace: "ops", name: "gate", port: 8443)

    private func definition(_ conversion: ConversionWebhook?) throws -> JSONValue {
        try #require(CustomResources.crds(conversion: conversion).first)
    }

    @Test func serveTheVersionOfTodayAloneWhereNobodyConverts() throws {
        let definition = try definition(nil)
        let versions = definition[path: "spec", "versions"]?.array ?? []
        #expect(versions.map { $0["name"] } == ["v1beta1"])
        #expect(versions.first?["storage"] == true)
        #expect(definition[path: "spec", "conversion"] == nil)
    }

    @Test func serveTheFormerVersionAsDeprecatedWhereSomebodyDoes() throws {
        let definition = try definition(ConversionWebhook(Self.address, authorities: Array("PEM".utf8)))
        let versions = definition[path: "spec", "versions"]?.array ?? []
        #expect(versions.map { $0["name"] } == ["v1beta1", "v1alpha3"])
        #expect(versions.map { $0["served"] } == [true, true])
        #expect(versions.map { $0["storage"] } == [true, false])
        #expect(versions.map { $0["deprecated"] } == [nil, true])
        #expect(
            versions.last?["deprecationWarning"] == """
                flagger.app/v1alpha3 Canary is deprecated; write flagger.app/v1beta1, in which canaryAnalysis is called \
                analysis
                """
        )
        #expect(
            definition[path: "spec", "conversion"] == [
                "strategy": "Webhook",
                "webhook": [
                    "conversionReviewVersions": ["v1", "v1beta1"],
                    "clientConfig": [
                        "caBundle": .string(Base64.encode(Array("PEM".utf8))),
                        "service": [
                            "name": "gate", "namespace": "ops", "path": "/convert/canaries", "port": 8443,
                        ],
                    ],
                ],
            ]
        )
    }

    @Test func callAServerOutsideByItsURL() throws {
        let definition = try definition(ConversionWebhook(.url("https://127.0.0.1:8443")))
        let client = definition[path: "spec", "conversion", "webhook", "clientConfig"]
        #expect(client == ["caBundle": "", "url": "https://127.0.0.1:8443/convert/canaries"])
    }

    @Test func declareTheAnalysisUnderBothItsNamesInTheFormerVersion() throws {
        let versions = try definition(ConversionWebhook(Self.address))[path: "spec", "versions"]
        let specs = [0, 1].map { versions?[$0]?[path: "schema", "openAPIV3Schema", "properties", "spec"] }
        let analysis = try #require(specs[0]?[path: "properties", "analysis"])
        #expect(specs[1]?[path: "properties", "analysis"] == analysis)
        #expect(specs[1]?[path: "properties", "canaryAnalysis"] == analysis)
        #expect(specs[0]?["required"] == ["targetRef", "service", "analysis"])
        #expect(specs[1]?["required"] == ["targetRef", "service"])
        let columns = [0, 1].map { versions?[$0]?["additionalPrinterColumns"]?[4]?["jsonPath"] }
        #expect(columns == [".spec.analysis.interval", ".spec.canaryAnalysis.interval"])
    }
}
