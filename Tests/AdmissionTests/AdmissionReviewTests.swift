import Admission
import JSON
import Testing

@Suite struct AdmissionReviewTests {
    @Test func readsACreate() throws {
        let review = try AdmissionReview(decoding: Array(ReviewFixtures.create.utf8))
        let request = review.request
        #expect(review.apiVersion == "admission.k8s.io/v1")
        #expect(request.uid == "705ab4f5-6393-11e8-b7cc-42010a800002")
        #expect(request.group == "flagger.app")
        #expect(request.version == "v1beta1")
        #expect(request.resource == "canaries")
        #expect(request.kind == "Canary")
        #expect(request.subresource == nil)
        #expect(request.name == "podinfo")
        #expect(request.namespace == "test")
        #expect(request.operation == .create)
        #expect(request.username == "admin")
        #expect(request.oldObject == nil)
        #expect(request.isDryRun)
        #expect(request.isJudged)
        let spec = try #require(request.object?["spec"])
        #expect(spec["cmd"]?.string == "a < b && c > d")
        #expect(spec["big"]?.int == 9_007_199_254_740_993)
    }

    @Test func readsADeleteOfACollectionInV1Beta1() throws {
        let review = try AdmissionReview(decoding: Array(ReviewFixtures.deleteCollection.utf8))
        #expect(review.apiVersion == "admission.k8s.io/v1beta1")
        #expect(review.request.group.isEmpty)
        #expect(review.request.name == nil)
        #expect(review.request.object == nil)
        #expect(review.request.displayName == "podinfo")
        #expect(!review.request.isJudged)
    }

    @Test func readsAConnect() throws {
        let request = try AdmissionReview(decoding: Array(ReviewFixtures.connect.utf8)).request
        #expect(request.operation == .connect)
        #expect(request.subresource == "exec")
        #expect(request.displayName == "podinfo-1")
        #expect(!request.isJudged)
    }

    @Test func leavesObjectsOnTheirWayOutAlone() throws {
        let text = ReviewFixtures.create
            .replacing("\"CREATE\"", with: "\"UPDATE\"")
            .replacing("\"metadata\":{", with: "\"metadata\":{\"deletionTimestamp\":\"2026-11-25T04:00:00Z\",")
        let request = try AdmissionReview(decoding: Array(text.utf8)).request
        #expect(request.isBeingDeleted)
        #expect(!request.isJudged)
        let kept = text.replacing("\"2026-11-25T04:00:00Z\"", with: "null")
        #expect(try AdmissionReview(decoding: Array(kept.utf8)).request.isJudged)
    }

    @Test(arguments: [
        ("", "decode AdmissionReview: parse JSON: "),
        ("{\"kind\":", "decode AdmissionReview: parse JSON: "),
        ("[]", "decode AdmissionReview kind: missing, expected AdmissionReview"),
        ("{\"kind\":\"Pod\"}", "decode AdmissionReview kind: \"Pod\", expected AdmissionReview"),
        (
            "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v2\"}",
            "decode AdmissionReview apiVersion: \"admission.k8s.io/v2\", "
                + "expected admission.k8s.io/v1 or admission.k8s.io/v1beta1"
        ),
        (
            "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":null}",
            "decode AdmissionReview request: missing, expected an object"
        ),
        (
            ReviewFixtures.create.replacing("\"uid\":\"705ab4f5-6393-11e8-b7cc-42010a800002\"", with: "\"uid\":7"),
            "decode AdmissionReview request.uid: empty or not a string, expected a string"
        ),
        (
            ReviewFixtures.create.replacing(
                "705ab4f5-6393-11e8-b7cc-42010a800002",
                with: String(repeating: "u", count: 257)
            ),
            "decode AdmissionReview request.uid: 257 bytes long, expected at most 256"
        ),
        (
            ReviewFixtures.create.replacing("CREATE", with: "PATCH"),
            "decode AdmissionReview request.operation: \"PATCH\", expected CREATE, UPDATE, DELETE or CONNECT"
        ),
        (
            ReviewFixtures.create.replacing("\"kind\":{", with: "\"sort\":{"),
            "decode AdmissionReview request.kind: missing, expected an object"
        ),
    ])
    func saysWhatIsNoReview(text: String, expected: String) {
        let error = #expect(throws: AdmissionError.self) { try AdmissionReview(decoding: Array(text.utf8)) }
        #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "no error")")
        #expect(error?.description.contains("\n") == false)
    }
}
