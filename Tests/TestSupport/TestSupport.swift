/// What the tests of several modules share.
package enum TestSupport {}
