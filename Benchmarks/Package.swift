// swift-tools-version: 6.2

import PackageDescription

// The product's modules are compiled anew from the same sources: what they declare is `package`, and so invisible to
// any package but the one that they belong to.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hashTrees = Target.Dependency.product(name: "HashTreeCollections", package: "swift-collections")
let heaps = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

/// A module of the product.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        path: "Product/\(name)",
        swiftSettings: strict + [.strictMemorySafety()]
    )
}

let package = Package(
    name: "canarygate-benchmarks",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CEpoll", path: "Product/CEpoll"),
        .systemLibrary(name: "COpenSSL", path: "Product/COpenSSL", pkgConfig: "openssl"),
        .systemLibrary(name: "CYAML", path: "Product/CYAML", pkgConfig: "yaml-0.1"),
        module("Platform", []),
        module("JSON", []),
        module("YAML", ["JSON", "CYAML"]),
        module("Sockets", ["Platform", "CEpoll"]),
        module("TLS", ["Platform", "Sockets", "COpenSSL"]),
        module("HTTP", ["Platform", "Sockets", "TLS", httpTypes]),
        module("Kubernetes", ["Platform", "JSON", "YAML", "HTTP", httpTypes, logging]),
        module("Schema", ["JSON"]),
        module("Admission", ["Platform", "JSON", "HTTP", "Kubernetes", "Schema", hashTrees, httpTypes, logging]),
        module("FlaggerAPI", ["Platform", "JSON", "YAML", "Kubernetes", "Schema", "Admission"]),
        module("Gate", ["Platform", "JSON", "Kubernetes", "Schema", "Admission", "FlaggerAPI"]),
        module("ContourAPI", ["Platform", "JSON", "YAML", "Kubernetes", "Schema", "Admission", "FlaggerAPI"]),
        module("Rollout", ["Platform", "JSON", "FlaggerAPI"]),
        module("Analysis", ["Platform", "JSON", "HTTP", "FlaggerAPI", httpTypes]),
        module(
            "Controller",
            [
                "Platform", "JSON", "Kubernetes", "Admission", "FlaggerAPI", "ContourAPI", "Gate", "Rollout",
                "Analysis", heaps, logging,
            ]
        ),
        module(
            "Sandbox",
            [
                "Platform", "JSON", "YAML", "Sockets", "TLS", "HTTP", "Kubernetes", "Schema", "Admission", "ContourAPI",
                httpTypes, logging,
            ]
        ),
        .target(
            name: "Serving",
            dependencies: [
                "Platform", "JSON", "Sockets", "TLS", "HTTP", "Kubernetes", "Schema", "Admission", "FlaggerAPI",
                "ContourAPI", "Gate", "Rollout", "Analysis", "Controller", argumentParser, logging, httpTypes,
                serviceLifecycle, unixSignals,
            ],
            path: "Product/canarygate",
            sources: ["Serve", "Logging/LineLogHandler.swift", "Logging/LogFormat.swift"],
            swiftSettings: strict + [.strictMemorySafety()]
        ),

        .target(
            name: "Fixture",
            dependencies: ["Platform", "JSON", "HTTP", "Kubernetes", "Admission"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "micro",
            dependencies: [
                "Platform", "JSON", "Kubernetes", "Admission", "FlaggerAPI", "Gate", "HTTP", "Serving", "Fixture",
                httpTypes,
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "cluster",
            dependencies: [
                "Platform", "JSON", "Sockets", "TLS", "HTTP", "Kubernetes", "FlaggerAPI", "Sandbox", "Fixture",
                httpTypes,
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "caches",
            dependencies: ["Platform", "JSON", "Sockets", "HTTP", "Kubernetes", "FlaggerAPI", "Fixture", httpTypes],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "webhook",
            dependencies: ["Platform", "Sockets", "TLS", "HTTP", "Admission", "Serving", "Fixture", logging],
            swiftSettings: strict
        ),
    ]
)
