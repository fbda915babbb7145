package import Admission
import JSON
import Kubernetes
import Platform

/// What is measured with: the review of an image change, and a cluster with many Canaries.
package enum Fixture {
    /// The user as whom the loop would ask.
    package static let controller = "system:serviceaccount:canarygate-system:canarygate"

    /// A picture of `canaries` Canaries in fifty namespaces, all promoted, as informers keep them; the review's is one of
    /// them.
    package static func view(canaries count: Int) throws -> ClusterView {
        var canaries = try (1..<count).map { try canary("app-\($0)", namespace: "ns-\($0 % 50)").packed }
        canaries.append(try canary("podinfo", namespace: "test").packed)
        var view = ClusterView()
        view.replace(.canaries, with: canaries)
        return view
    }

    /// An AdmissionReview of 9.6 KB, 283 values and 233 keys: `kubectl set image` on a Deployment that was made with
    /// `kubectl apply`.
    package static func review(source: String = #filePath) throws -> [UInt8] {
        let folder = source.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        return try FileStore.read("\(folder)/review.json")
    }

    static func canary(_ name: String, namespace: String) throws -> JSONValue {
        try JSONValue(
            parsing: """
                {"apiVersion":"flagger.app/v1beta1","kind":"Canary",
                 "metadata":{"name":"\(name)","namespace":"\(namespace)","uid":"uid-\(name)","generation":1,"resourceVersion":"1"},
                 "spec":{"targetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"\(name)"},
                   "autoscalerRef":{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","name":"\(name)"},
                   "progressDeadlineSeconds":60,"service":{"port":80,"targetPort":9898,"hosts":["\(name).example.com"]},
                   "analysis":{"interval":"1m","threshold":5,"maxWeight":50,"stepWeight":10,"metrics":[
                     {"name":"request-success-rate","thresholdRange":{"min":99},"interval":"1m"},
                     {"name":"request-duration","thresholdRange":{"max":500},"interval":"30s"}]}},
                 "status":{"phase":"Succeeded","lastAppliedSpec":"2-0123456789","lastPromotedSpec":"2-0123456789",
                   "canaryWeight":0,"failedChecks":0,"iterations":0}}
                """
        )
    }
}
