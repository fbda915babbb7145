import JSON
import Testing

/// Targets, autoscalers, Services and routes: what the user reads.
@Suite struct ServiceRuleTests {
    static let cases: [WrongCanary] = [
        WrongCanary(
            "targetKind",
            [("/spec/targetRef/kind", "StatefulSet")],
            [
                """
                deny "StatefulSet": spec.targetRef.kind: not a kind that can be rolled out; write Deployment \
                [canary/target-kind]
                """
            ]
        ),
        WrongCanary(
            "longTargetName",
            [("/spec/targetRef/name", "a-name-that-is-much-too-long-for-any-service-with-a-primary")],
            [
                """
                deny "a-name-that-is-much-too-long-for-any-service-with-a-primary": spec.targetRef.name: longer \
                than 55 characters, so "-primary" does not fit behind it; write a shorter name \
                [canary/name-too-long]
                """
            ]
        ),
        WrongCanary(
            "dottedTargetName",
            [("/spec/targetRef/name", "pod.info")],
            [
                """
                deny "pod.info": spec.targetRef.name: can't name a Service, which begins with a letter and has \
                no dots; set spec.service.name to a name such as pod-info [canary/name-no-service-name]
                """
            ]
        ),
        WrongCanary(
            "targetNameBeginsWithADigit",
            [("/spec/targetRef/name", "2048")],
            [
                """
                deny "2048": spec.targetRef.name: can't name a Service, which begins with a letter and has no \
                dots; set spec.service.name to a name such as app-2048 [canary/name-no-service-name]
                """
            ]
        ),
        WrongCanary(
            "serviceNameWithDots",
            [("/spec/service/name", "pod.info")],
            [
                """
                deny "pod.info": spec.service.name: not lower-case letters, digits and '-', beginning with a \
                letter, at most 63 characters; write pod-info [canary/not-a-dns-label]
                """
            ]
        ),
        WrongCanary(
            "serviceNameInCapitals",
            [("/spec/service/name", "PodInfo")],
            [
                """
                deny "PodInfo": spec.service.name: not lower-case letters, digits and '-', beginning with a \
                letter, at most 63 characters; write podinfo [canary/not-a-dns-label]
                """
            ]
        ),
        WrongCanary(
            "noService",
            [("/spec/service", nil)],
            [
                """
                deny -: spec.service: without a service there is nothing to route to; write service: {port: 80} \
                with the port that clients call [canary/no-service]
                """
            ]
        ),
        WrongCanary(
            "noPort",
            [("/spec/service/port", nil)],
            [
                """
                deny -: spec.service.port: a Service needs a port; write the port that clients call, for example \
                80 [canary/port-out-of-range]
                """
            ]
        ),
        WrongCanary(
            "portOfZero",
            [("/spec/service/port", 0)],
            [
                "deny 0: spec.service.port: not a port; write 1 to 65535 [canary/port-out-of-range]"
            ]
        ),
        WrongCanary(
            "portTooLarge",
            [("/spec/service/port", 70_000)],
            [
                "deny 70000: spec.service.port: not a port; write 1 to 65535 [canary/port-out-of-range]"
            ]
        ),
        WrongCanary(
            "retriesWithoutConditions",
            [("/spec/service/retries", ["attempts": 3])],
            [
                """
                warn -: spec.service.retries.retryOn: the default, 5xx, hides faults; write connect-failure \
                [canary/retry-on-missing]
                """
            ]
        ),
        WrongCanary(
            "retriesOnNothingKnown",
            [("/spec/service/retries", ["attempts": 3, "retryOn": "5xx,conect-failure"])],
            [
                """
                deny "5xx,conect-failure": spec.service.retries.retryOn: "conect-failure" is no condition that \
                Contour knows; did you mean "connect-failure"? [canary/retry-on-unknown]
                """
            ]
        ),
        WrongCanary(
            "retriesWithASpace",
            [("/spec/service/retries", ["attempts": 3, "retryOn": "5xx, reset"])],
            [
                """
                deny "5xx, reset": spec.service.retries.retryOn: has a space around "reset"; write the \
                conditions with commas alone between them [canary/retry-on-unknown]
                """
            ]
        ),
        WrongCanary(
            "noRetries",
            [("/spec/service/retries", ["attempts": 0, "retryOn": "5xx"])],
            [
                """
                warn 0: spec.service.retries.attempts: Contour reads 0 as 1; leave retries out to have none \
                [canary/retry-attempts-zero]
                """
            ]
        ),
        WrongCanary(
            "negativeRetries",
            [("/spec/service/retries", ["attempts": -1, "retryOn": "5xx"])],
            [
                """
                deny -1: spec.service.retries.attempts: less than no retries; write 1 or more, or leave retries \
                out [canary/retry-attempts]
                """
            ]
        ),
        WrongCanary(
            "timeoutWithoutUnit",
            [("/spec/service/timeout", "15")],
            [
                "deny \"15\": spec.service.timeout: not a duration such as 15s; write 15s [canary/not-a-timeout]"
            ]
        ),
        WrongCanary(
            "timeoutWithASpace",
            [("/spec/service/timeout", "15 s")],
            [
                "deny \"15 s\": spec.service.timeout: not a duration such as 15s; write 15s [canary/not-a-timeout]"
            ]
        ),
        WrongCanary(
            "timeoutOfZero",
            [("/spec/service/timeout", "0s")],
            [
                """
                warn "0s": spec.service.timeout: Contour reads 0 as its default; write a time, or infinity \
                [canary/timeout-zero]
                """
            ]
        ),
        WrongCanary(
            "routeWithoutSlash",
            [("/spec/service/match", [["uri": ["prefix": "api"]]])],
            [
                "deny \"api\": spec.service.match[0].uri.prefix: a path begins with /; write /api [canary/route-prefix]"
            ]
        ),
        WrongCanary(
            "routeByRegex",
            [("/spec/service/match", [["uri": ["regex": "/a.*"]], ["uri": ["prefix": "/"]]])],
            [
                """
                warn [...]: spec.service.match: the entries after the first, uri.regex would be ignored; write \
                one uri.prefix [canary/route-match]
                """
            ]
        ),
        WrongCanary(
            "scalerReplicas",
            [
                (
                    "/spec/autoscalerRef",
                    [
                        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "podinfo",
                        "primaryScalerReplicas": ["minReplicas": 5, "maxReplicas": 2],
                    ]
                )
            ],
            [
                """
                deny 5: spec.autoscalerRef.primaryScalerReplicas.minReplicas: more than maxReplicas (2); write a \
                minReplicas of 1 to 2 [canary/scaler-replicas]
                """
            ]
        ),
    ]

    @Test(arguments: cases) func says(wrong: WrongCanary) throws {
        #expect(try wrong.texts() == wrong.expected)
        #expect(try wrong.tooLongWarnings().isEmpty)
    }
}
