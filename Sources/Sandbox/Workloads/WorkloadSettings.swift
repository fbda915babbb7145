/// How the sandbox's pods behave.
package struct WorkloadSettings: Sendable {
    /// How long a pod takes from its creation until it is ready.
    package var startupTime: Duration
    /// What the images do.
    package var images: ImageBehaviours
    /// How many pods there may be: a kubelet's default of 110 on each of the two nodes.
    package var podLimit = 220
    /// How many pods there have been before, whose names are not given out again.
    package var firstPod: Int

    /// Pods that are ready after 5 s, whatever their image, unless told otherwise.
    package init(
        startupTime: Duration = .seconds(5),
        images: ImageBehaviours = ImageBehaviours(),
        firstPod: Int = 0
    ) {
        self.startupTime = startupTime
        self.firstPod = firstPod
        self.images = images
    }
}
