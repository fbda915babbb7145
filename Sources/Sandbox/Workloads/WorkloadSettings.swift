/// How the sandbox's pods behave.
package struct WorkloadSettings: Sendable {
    /// How long a pod takes from its creation until it is ready.
    package var startupTime: Duration
    /// What the images do.
    package var images: ImageBehaviours
    /// How many pods there may be: a kubelet's default of 110 on each of the two nodes.
    package var podLimit = 220

    /// Pods that are ready after 5 s, whatever their image, unless told otherwise.
    package init(startupTime: Duration = .seconds(5), images: ImageBehaviours = ImageBehaviours()) {
        self.startupTime = startupTime
        self.images = images
    }
}
