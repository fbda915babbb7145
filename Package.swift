// swift-tools-version: 6.2

import PackageDescription

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

/// A module of the product: the strict settings, and memory safety checked.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + [.strictMemorySafety()])
}

/// The tests of one module, or of several put together.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "canarygate",
    products: [.executable(name: "canarygate", targets: ["canarygate"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

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
        module("ContourAPI", ["Platform", "JSON", "YAML", "Kubernetes", "Schema", "Admission", "FlaggerAPI"]),
        module("Gate", ["Platform", "JSON", "Kubernetes", "Schema", "Admission", "FlaggerAPI"]),
        module(
            "Lint",
            ["Platform", "JSON", "YAML", "Kubernetes", "Schema", "Admission", "FlaggerAPI", "ContourAPI"]
        ),
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
        .executableTarget(
            name: "canarygate",
            dependencies: [
                "Platform", "JSON", "YAML", "Sockets", "TLS", "HTTP", "Kubernetes", "Schema", "Admission",
                "FlaggerAPI", "ContourAPI", "Gate", "Lint", "Rollout", "Analysis", "Controller", "Sandbox",
                argumentParser, logging, httpTypes, serviceLifecycle, unixSignals,
            ],
            swiftSettings: strict + [.strictMemorySafety()]
        ),

        .target(
            name: "TestSupport",
            dependencies: ["Platform", "JSON", "YAML", "HTTP", "Kubernetes", httpTypes],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        tests(
            "CommandTests",
            [
                "canarygate", "Sandbox", "Controller", "Rollout", "Lint", "FlaggerAPI", "Admission", "Schema",
                "Kubernetes", "TLS", "HTTP", "Sockets", "JSON", "Platform", "TestSupport", argumentParser, logging,
                httpTypes,
            ]
        ),
        tests("PlatformTests", ["Platform", "TestSupport"]),
        tests("JSONTests", ["JSON", "TestSupport"]),
        tests("YAMLTests", ["YAML", "JSON", "TestSupport"]),
        tests("SocketsTests", ["Sockets", "Platform", "TestSupport"]),
        tests("TLSTests", ["TLS", "Sockets", "COpenSSL", "Platform", "TestSupport"]),
        tests("HTTPTests", ["HTTP", "TLS", "Sockets", "Platform", "TestSupport", httpTypes]),
        tests(
            "KubernetesTests",
            [
                "Sandbox", "Kubernetes", "HTTP", "TLS", "Sockets", "JSON", "YAML", "Platform", "TestSupport", httpTypes,
            ]
        ),
        tests("SchemaTests", ["Schema", "JSON", "TestSupport"]),
        tests(
            "AdmissionTests",
            ["Admission", "Schema", "Kubernetes", "HTTP", "JSON", "Platform", "TestSupport", httpTypes]
        ),
        tests(
            "FlaggerAPITests",
            [
                "FlaggerAPI", "Admission", "Schema", "Kubernetes", "HTTP", "JSON", "YAML", "Platform", "TestSupport",
                httpTypes,
            ]
        ),
        tests(
            "ContourAPITests",
            [
                "ContourAPI", "FlaggerAPI", "Admission", "Schema", "Kubernetes", "JSON", "YAML", "Platform",
                "TestSupport",
            ]
        ),
        tests(
            "GateTests",
            ["Gate", "FlaggerAPI", "Admission", "Schema", "Kubernetes", "JSON", "YAML", "Platform", "TestSupport"],
            exclude: ["Fixtures"]
        ),
        tests(
            "LintTests",
            [
                "Lint", "FlaggerAPI", "ContourAPI", "Admission", "Schema", "Kubernetes", "JSON", "YAML", "Platform",
                "TestSupport",
            ]
        ),
        tests("RolloutTests", ["Rollout", "FlaggerAPI", "JSON", "Platform", "TestSupport"]),
        tests("AnalysisTests", ["Analysis", "FlaggerAPI", "HTTP", "JSON", "Platform", "TestSupport", httpTypes]),
        tests(
            "ControllerTests",
            [
                "Sandbox", "Controller", "Rollout", "Analysis", "Gate", "ContourAPI", "FlaggerAPI", "Admission",
                "Kubernetes", "HTTP", "Sockets", "JSON", "YAML", "Platform", "TestSupport", logging, httpTypes,
            ],
            exclude: ["Fixtures"]
        ),
        tests(
            "SandboxTests",
            [
                "Sandbox", "ContourAPI", "Admission", "Kubernetes", "HTTP", "TLS", "Sockets", "JSON", "YAML",
                "Platform", "TestSupport", httpTypes,
            ]
        ),
        tests(
            "KubeAPIContractTests",
            ["Sandbox", "Kubernetes", "HTTP", "TLS", "Sockets", "JSON", "Platform", httpTypes]
        ),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Gate", "ContourAPI", "FlaggerAPI", "Admission", "Kubernetes", "HTTP", "TLS", "JSON", "YAML",
                "Platform",
                "TestSupport", httpTypes,
            ],
            path: "Tests/FuzzTargets",
            swiftSettings: strict
        ),
        tests(
            "FuzzTests",
            ["FuzzTargets", "canarygate", "Admission", "TLS", "Platform", "TestSupport"],
            exclude: ["Seeds"]
        ),
        tests(
            "IntegrationTests",
            [
                "canarygate", "Sandbox", "Controller", "Rollout", "Analysis", "Gate", "ContourAPI", "FlaggerAPI",
                "Admission",
                "Schema", "Kubernetes", "HTTP", "TLS", "Sockets", "JSON", "YAML", "Platform", "TestSupport",
                argumentParser,
                httpTypes,
            ],
            exclude: ["Fixtures"]
        ),
    ]
)

// libFuzzer brings a `main` of its own, so this one is there only for `scripts/fuzz`.
if Context.environment["CANARYGATE_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzzer",
            dependencies: ["FuzzTargets", "Platform"],
            path: "Tests/Fuzzer",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]
        )
    )
}
