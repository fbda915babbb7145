import ContourAPI
import JSON
import Testing

/// Objects that use every field and in which nothing is found.
@Suite(.timeLimit(.minutes(1))) struct WholeProxyTests {
    private static let host = """
        fqdn: '*.example.com'
        tls: {secretName: edge/s, minimumProtocolVersion: '1.2', maximumProtocolVersion: '1.3', passthrough: false,
          enableFallbackCertificate: false, clientValidation: {caSecret: c, skipClientCertValidation: false,
            optionalClientCertificate: true, crlSecret: l, crlOnlyVerifyLeafCert: true,
            forwardClientCertificate: {subject: true, cert: true, chain: true, dns: true, uri: true}}}
        authorization: {extensionRef: {apiVersion: projectcontour.io/v1alpha1, namespace: auth, name: x},
          serviceType: http, httpSettings: {pathPrefix: /check,
            allowedAuthorizationHeaders: [{exact: a, ignoreCase: true}, {prefix: b}],
            allowedUpstreamHeaders: [{suffix: c}, {contains: d}]},
          authPolicy: {disabled: false}, responseTimeout: 500ms, failOpen: true,
          withRequestBody: {maxRequestBytes: 2048, allowPartialMessage: true, packAsBytes: true}}
        corsPolicy: {allowCredentials: true, allowOrigin: ['*', 'https://a.example.com'], allowMethods: [GET, OPTIONS],
          allowHeaders: [authorization], exposeHeaders: [x-a], maxAge: 10m, allowPrivateNetwork: true}
        rateLimitPolicy:
          local: {requests: 10, unit: second, burst: 5, responseStatusCode: 429,
            responseHeadersToAdd: [{name: x-limited, value: 'yes'}]}
          global: {disabled: false, descriptors: [{entries: [{genericKey: {key: k, value: v}},
            {requestHeader: {headerName: x-a, descriptorKey: a}}, {remoteAddress: {}},
            {requestHeaderValueMatch: {headers: [{name: x-a, regex: 'a+'}], expectMatch: false, value: v}}]}]}
        jwtProviders:
          - {name: p, default: true, issuer: i, audiences: [a], forwardJWT: true, remoteJWKS: {
              uri: 'https://issuer.example.com/keys', timeout: 2s, cacheDuration: 10m, dnsLookupFamily: v4,
              validation: {caSecret: c, subjectName: issuer.example.com, subjectNames: [issuer.example.com, b]}}}
          - {name: q, localJWKS: {secretName: k, key: jwks}}
        ipAllowPolicy: [{source: Remote, cidr: 10.0.0.0/8}, {source: Peer, cidr: '::1'}]
        """

    private static let route = """
        conditions:
          - header: {name: h, notcontains: v, ignoreCase: true, treatMissingAsEmpty: true}
          - queryParameter: {name: q, prefix: v, ignoreCase: true}
          - prefix: /api
        enableWebsockets: true
        permitInsecure: false
        timeoutPolicy: {response: 15s, idle: infinity, idleConnection: 1h30m}
        retryPolicy: {count: 3, perTryTimeout: 150ms, retryOn: [5xx, retriable-status-codes],
          retriableStatusCodes: [503]}
        healthCheckPolicy: {path: /healthz, host: h, intervalSeconds: 5, timeoutSeconds: 2, unhealthyThresholdCount: 3,
          healthyThresholdCount: 5, expectedStatuses: [{start: 200, end: 300}]}
        loadBalancerPolicy: {strategy: WeightedLeastRequest}
        pathRewritePolicy: {replacePrefix: [{prefix: /api, replacement: /}, {replacement: /x}]}
        requestHeadersPolicy: {set: [{name: Host, value: '%REQ(X-Host)%'}, {name: x-a, value: '100%'}], remove: [x-a]}
        responseHeadersPolicy: {set: [{name: x-b, value: v}], remove: [Host]}
        cookieRewritePolicies: [{name: c, pathRewrite: {value: /}, domainRewrite: {value: a.example.com}, secure: true,
          sameSite: Strict}]
        rateLimitPolicy: {local: {requests: 1, unit: hour}}
        authPolicy: {disabled: true, context: {a: b}}
        internalRedirectPolicy: {maxInternalRedirects: 2, redirectResponseCodes: [302, 307],
          allowCrossSchemeRedirect: SafeOnly, denyRepeatedRouteRedirect: true}
        jwtVerificationPolicy: {require: q}
        ipDenyPolicy: [{source: Peer, cidr: 192.0.2.1}]
        services:
          - {name: a, port: 443, healthPort: 8443, protocol: tls, weight: 90,
             validation: {caSecret: edge/c, subjectName: a},
             requestHeadersPolicy: {set: [{name: l5d-dst-override, value: '%CONTOUR_SERVICE_NAME%.web:80'}]},
             responseHeadersPolicy: {remove: [server]}, cookieRewritePolicies: [{name: c, sameSite: Lax}],
             slowStartPolicy: {window: 30s, aggression: '1.5', minWeightPercent: 20}}
          - {name: b, port: 80, weight: 10, protocol: h2c}
          - {name: c, port: 80, mirror: true, weight: 50}
        """

    private static func indented(_ text: String, _ prefix: String) -> String {
        text.split(separator: "\n").map { prefix + $0 }.joined(separator: "\n")
    }

    static let spec = """
        ingressClassName: contour
        virtualhost:
        \(indented(host, "  "))
        includes: [{name: child, namespace: team, conditions: [{prefix: /team}, {header: {name: h, exact: v}}]}]
        routes:
          - directResponsePolicy: {statusCode: 404, body: gone}
            conditions: [{exact: /gone}]
          - requestRedirectPolicy: {scheme: https, hostname: b.example.com, port: 443, statusCode: 308, prefix: /b}
            conditions: [{regex: '/old/.*'}]
          - permitInsecure: false
        \(indented(route.replacing("enableWebsockets: true\npermitInsecure: false\n", with: "enableWebsockets: true\n"), "    "))
        """

    @Test func findsNothingInASoundRoot() throws {
        #expect(try CheckedProxy.found(Self.spec) == [])
        let secrets = ["edge/s", "c", "l", "k", "edge/c"].map { ($0, Neighbourhood.SecretAnswer.fine) }
        let answers = TableOfNeighbours(
            secrets: Dictionary(uniqueKeysWithValues: secrets),
            services: ["a:8443": .fine(protocol: nil), "b": .fine(protocol: "h2"), "c": .fine(protocol: nil)],
            extensions: ["auth/x": .fine]
        )
        #expect(try CheckedProxy.found(Self.spec, answers) == [])
    }

    @Test func findsNothingInASoundTCPRoot() throws {
        let spec = """
            virtualhost: {fqdn: db.example.com, tls: {passthrough: true}}
            tcpproxy:
              loadBalancerPolicy: {strategy: Random}
              healthCheckPolicy: {intervalSeconds: 5, timeoutSeconds: 2, unhealthyThresholdCount: 3,
                healthyThresholdCount: 5}
              services: [{name: a, port: 5432, weight: 1}, {name: b, port: 5432, healthPort: 5433, weight: 0}]
            """
        #expect(try CheckedProxy.found(spec) == [])
        #expect(try CheckedProxy.found("{tcpproxy: {include: {name: c, namespace: d}}}") == [])
    }

    /// The checks are a function of the object: asked twice they tell the same.
    @Test func tellsTheSameTwice() throws {
        let broken = Self.spec.replacing("unit: hour", with: "unit: day").replacing(
            "prefix: /team",
            with: "prefix: team"
        )
        let checks = try CheckedProxy.checks(broken)
        #expect(checks.faults() == checks.faults())
        #expect(
            checks.faults().map(CheckedProxy.line) == [
                "skipInclude spec.includes[0].conditions[0].prefix include-path-conditions "
                    + "IncludeError/PathMatchConditionsNotValid",
                "drop spec.routes[2].rateLimitPolicy.local.unit rate-limit-unit RouteError/RateLimitPolicyNotValid",
            ]
        )
    }
}
