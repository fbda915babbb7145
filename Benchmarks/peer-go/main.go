// The peer that scripts/bench measures CanaryGate against: a webhook as one writes it in Go with the standard library
// alone, which does the same work on the same review.
//
// It decodes the review, finds the Canary of the Deployment among a thousand, compares the two pod templates, hashes
// the new one, tells the change of image, and answers with the same patch; it counts reviews and their time.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"log"
	"net/http"
	"os"
	"reflect"
	"strings"
	"sync/atomic"
	"time"
)

type groupVersionKind struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
}

type groupVersionResource struct {
	Group    string `json:"group"`
	Version  string `json:"version"`
	Resource string `json:"resource"`
}

type userInfo struct {
	Username string   `json:"username"`
	Groups   []string `json:"groups"`
}

type admissionRequest struct {
	UID         string               `json:"uid"`
	Kind        groupVersionKind     `json:"kind"`
	Resource    groupVersionResource `json:"resource"`
	SubResource string               `json:"subResource"`
	Name        string               `json:"name"`
	Namespace   string               `json:"namespace"`
	Operation   string               `json:"operation"`
	UserInfo    userInfo             `json:"userInfo"`
	Object      object               `json:"object"`
	OldObject   object               `json:"oldObject"`
}

type admissionReview struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Request    *admissionRequest `json:"request,omitempty"`
}

type admissionResponse struct {
	UID       string `json:"uid"`
	Allowed   bool   `json:"allowed"`
	PatchType string `json:"patchType,omitempty"`
	Patch     []byte `json:"patch,omitempty"`
}

type responseReview struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Response   admissionResponse `json:"response"`
}

type operation struct {
	Op    string      `json:"op"`
	Path  string      `json:"path"`
	Value interface{} `json:"value"`
}

type object = map[string]interface{}

type canary struct {
	name, target, phase, promoted string
	suspended                     bool
}

// field is the value below the member names, or nil.
func field(value interface{}, names ...string) interface{} {
	for _, name := range names {
		members, ok := value.(object)
		if !ok {
			return nil
		}
		value = members[name]
	}
	return value
}

func text(value interface{}) string {
	text, _ := value.(string)
	return text
}

type webhook struct {
	canaries map[string]canary
	reviews  uint64
	nanos    uint64
	debug    bool
}

func (w *webhook) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	start := time.Now()
	if request.Method != http.MethodPost || request.Header.Get("Content-Type") != "application/json" {
		http.Error(writer, "a review is sent with POST as application/json", http.StatusUnsupportedMediaType)
		return
	}
	body, err := io.ReadAll(io.LimitReader(request.Body, 8<<20))
	if err != nil {
		http.Error(writer, err.Error(), http.StatusBadRequest)
		return
	}
	var review admissionReview
	if err := json.Unmarshal(body, &review); err != nil || review.Kind != "AdmissionReview" || review.Request == nil {
		http.Error(writer, "expected an AdmissionReview", http.StatusBadRequest)
		return
	}
	answer := responseReview{APIVersion: review.APIVersion, Kind: review.Kind}
	answer.Response = w.verdict(review.Request, start)
	writer.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(writer).Encode(answer); err != nil {
		log.Print(err)
	}
	atomic.AddUint64(&w.reviews, 1)
	atomic.AddUint64(&w.nanos, uint64(time.Since(start)))
	if w.debug {
		log.Printf("allowed uid=%s kind=%s", review.Request.UID, review.Request.Kind.Kind)
	}
}

func (w *webhook) verdict(request *admissionRequest, now time.Time) admissionResponse {
	response := admissionResponse{UID: request.UID, Allowed: true}
	if request.Resource.Resource != "deployments" || request.Operation != "UPDATE" || request.SubResource != "" {
		return response
	}
	canary, found := w.canaries[request.Namespace+"/Deployment/"+request.Name]
	if !found || canary.phase == "" || canary.suspended {
		return response
	}
	template := field(request.Object, "spec", "template")
	stored := field(request.OldObject, "spec", "template")
	if reflect.DeepEqual(template, stored) {
		return response
	}
	canonical, err := json.Marshal(template)
	if err != nil {
		return response
	}
	hash := fnv.New64a()
	hash.Write(canonical)
	revision := fmt.Sprintf("%016x", hash.Sum64())[:10]
	annotations, _ := field(request.Object, "metadata", "annotations").(object)
	var patch []operation
	for _, stamp := range [][2]string{
		{"canarygate.dev/revision", revision},
		{"canarygate.dev/gate", "closed"},
		{"canarygate.dev/change", change(stored, template)},
		{"canarygate.dev/requested-by", request.UserInfo.Username},
		{"canarygate.dev/requested-at", now.UTC().Format(time.RFC3339)},
	} {
		if text(annotations[stamp[0]]) != stamp[1] {
			path := "/metadata/annotations/" + strings.ReplaceAll(stamp[0], "/", "~1")
			patch = append(patch, operation{"add", path, stamp[1]})
		}
	}
	patch = append(patch, operation{"add", "/spec/paused", true})
	response.Patch, err = json.Marshal(patch)
	if err != nil {
		return admissionResponse{UID: request.UID, Allowed: true}
	}
	response.PatchType = "JSONPatch"
	return response
}

// change tells which images differ.
func change(old, new interface{}) string {
	images := map[string]string{}
	before, _ := field(old, "spec", "containers").([]interface{})
	for _, container := range before {
		images[text(field(container, "name"))] = text(field(container, "image"))
	}
	var changes []string
	after, _ := field(new, "spec", "containers").([]interface{})
	for _, container := range after {
		name, image := text(field(container, "name")), text(field(container, "image"))
		if stored, found := images[name]; found && stored != image {
			changes = append(changes, name+": "+stored+" -> "+image)
		}
	}
	return strings.Join(changes, ", ")
}

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "host:port")
	certificate := flag.String("certificate", "", "PEM file of the certificate")
	key := flag.String("private-key", "", "PEM file of its key")
	debug := flag.Bool("debug", false, "log every review")
	flag.Parse()
	hook := &webhook{canaries: map[string]canary{}, debug: *debug}
	for i := 0; i < 999; i++ {
		name := fmt.Sprintf("app-%d", i)
		hook.canaries[fmt.Sprintf("ns-%d/Deployment/%s", i%50, name)] = canary{name: name, target: name, phase: "Succeeded"}
	}
	hook.canaries["test/Deployment/podinfo"] = canary{name: "podinfo", target: "podinfo", phase: "Succeeded"}
	server := &http.Server{Addr: *listen, Handler: hook, ErrorLog: log.New(&bytes.Buffer{}, "", 0)}
	if err := server.ListenAndServeTLS(*certificate, *key); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
