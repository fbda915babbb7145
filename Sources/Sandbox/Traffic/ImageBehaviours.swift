/// How the images of the sandbox behave.
package struct ImageBehaviours: Hashable, Sendable {
    private var known: [String: ImageBehaviour] = [:]
    /// How an image behaves that nothing was said about.
    package var other: ImageBehaviour

    /// No image in particular; all behave like `other`.
    package init(other: ImageBehaviour = ImageBehaviour()) { self.other = other }

    /// Reads settings such as `stefanprodan/podinfo:3.1.2=5%,120ms` and `stefanprodan/podinfo:3.1.4=never`; of two
    /// about one image the last counts.
    ///
    /// - Throws: `ImageBehaviourError` for the first that cannot be read.
    package init(parsing settings: [String]) throws(ImageBehaviourError) {
        self.init()
        for setting in settings {
            guard let mark = setting.lastIndex(of: "="), mark != setting.startIndex else {
                throw ImageBehaviourError(setting, "expected image=errorRate,p99 or image=never")
            }
            self[String(setting[..<mark])] = try ImageBehaviour(parsing: setting[mark...].dropFirst())
        }
    }

    /// How the image behaves, as it is written in the pod's spec.
    package subscript(image: String) -> ImageBehaviour {
        get { known[image] ?? other }
        set { known[image] = newValue }
    }

    /// How a pod with these images behaves: like the first that something was said about.
    package func behaviour(of images: [String]) -> ImageBehaviour {
        images.lazy.compactMap { known[$0] }.first ?? other
    }

    /// What becomes of a pod with these images: all of them must start.
    package func start(_ images: [String]) -> PodStart {
        if !images.allSatisfy({ self[$0].starts }) { return .imageMissing }
        return images.contains { self[$0].crashes } ? .crashing : .running
    }
}
