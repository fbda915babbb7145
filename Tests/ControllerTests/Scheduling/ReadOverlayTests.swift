import JSON
import Kubernetes
import Platform
import Testing

@testable import Controller

@Suite(.timeLimit(.minutes(1))) struct ReadOverlayTests {
    private let now = Timestamp(seconds: 1_000)
    private let key = ObjectKey(namespace: "test", name: "a")

    private func object(_ version: String, uid: String = "u") -> JSONValue {
        [
            "metadata": [
                "namespace": "test", "name": "a", "uid": .string(uid), "resourceVersion": .string(version),
            ]
        ]
    }

    private func version(_ answer: ReadOverlay.Answer) -> String? {
        switch answer {
        case .found(let object): object.resourceVersion
        case .absent: "absent"
        case .unknown: nil
        }
    }

    @Test(arguments: [("5", "6"), ("9", "10"), ("x", "x")])
    func laysNothingOverWhatIsAsNew(_ written: String, _ kept: String) {
        var overlay = ReadOverlay()
        overlay.store(.configMaps, object(written), .found(object(kept)), at: now)
        #expect(overlay.count == 0)
    }

    @Test(arguments: [("6", "5"), ("10", "9"), ("x", "y")])
    func laysOverWhatIsOlder(_ written: String, _ kept: String) {
        var overlay = ReadOverlay()
        overlay.store(.configMaps, object(written), .found(object(kept)), at: now)
        #expect(version(overlay.answer(.configMaps, key, .found(object(kept)), at: now)) == written)
        #expect(version(overlay.answer(.services, key, .found(object(kept)), at: now)) == kept)
        // Versions that are no numbers cannot be told apart; the layer goes when it was told, or with time.
        #expect(version(overlay.answer(.configMaps, key, .found(object(kept)), at: now + .seconds(10))) == nil)
        #expect(version(overlay.answer(.configMaps, key, .found(object(written)), at: now + .seconds(10))) == written)
        #expect(overlay.count == 0)
    }

    @Test func keepsNothingOfKindsThatNobodyKeeps() {
        var overlay = ReadOverlay()
        overlay.store(.configMaps, object("5"), .unknown, at: now)
        #expect(overlay.count == 0)
        #expect(version(overlay.answer(.configMaps, key, .unknown, at: now)) == nil)
    }

    @Test func showsNoObjectThatIsGoneThoughItIsKept() {
        var overlay = ReadOverlay()
        overlay.lose(.configMaps, key, .found(object("5")), at: now)
        #expect(version(overlay.answer(.configMaps, key, .found(object("6")), at: now)) == "absent")
        #expect(version(overlay.answer(.configMaps, key, .found(object("6")), at: now + .seconds(10))) == nil)
        #expect(version(overlay.answer(.configMaps, key, .found(object("7", uid: "v")), at: now)) == "7")
        #expect(overlay.count == 0)
    }

    @Test func forgetsWhatIsGoneWhenThatIsTold() {
        var overlay = ReadOverlay()
        overlay.lose(.configMaps, key, .found(object("5")), at: now)
        let isOurs = overlay.see(.configMaps, .deleted(object("8")))
        #expect(!isOurs && overlay.count == 0)
    }
}
