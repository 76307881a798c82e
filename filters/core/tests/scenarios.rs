//! Every case of the scenarios that are measured, on the jobs alone: what a shell would do with their answers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use filterbench_core::{BodyAction, BodyNeed, Denial, Job, RequestAction};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Scenario {
    job: Value,
    #[serde(default)]
    tables: BTreeMap<String, String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(default)]
    request: Message,
    #[serde(default)]
    answer: Message,
    expect: Expectation,
}

#[derive(Clone, Default, Deserialize)]
struct Message {
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body: Option<String>,
    pieces: Option<usize>,
}

#[derive(Deserialize)]
struct Expectation {
    upstream: Option<Expected>,
    client: Expected,
}

#[derive(Deserialize)]
struct Expected {
    status: Option<u16>,
    #[serde(default)]
    headers: BTreeMap<String, Option<String>>,
    body: Option<String>,
    json: Option<Value>,
}

/// A message as it arrives.
#[derive(Debug)]
struct Arrived {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Expected {
    fn check(&self, arrived: &Arrived, sent: &str, of: &str) {
        if let Some(status) = self.status {
            assert_eq!(arrived.status, status, "{of}");
        }
        for (name, value) in &self.headers {
            assert_eq!(arrived.headers.get(name), value.as_ref(), "{of}: {name}");
        }
        if let Some(json) = &self.json {
            let body: Value = serde_json::from_slice(&arrived.body).expect(of);
            return assert_eq!(&body, json, "{of}");
        }
        let body = String::from_utf8_lossy(&arrived.body);
        assert_eq!(body, self.body.as_deref().unwrap_or(sent), "{of}");
    }
}

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The job with its tables filled in.
fn job(scenario: &Scenario) -> Job {
    let mut json = scenario.job.clone();
    for value in json.as_object_mut().expect("an object").values_mut() {
        let table = value
            .as_str()
            .and_then(|text| text.strip_prefix("${")?.strip_suffix('}'));
        if let Some(name) = table {
            *value =
                serde_json::from_str(&read(&scenarios().join(&scenario.tables[name]))).expect(name);
        }
    }
    Job::from_json(json.to_string().as_bytes()).expect("valid job")
}

fn denied(denial: &Denial) -> Arrived {
    Arrived {
        status: denial.status,
        headers: [("content-type".to_string(), denial.content_type.to_string())].into(),
        body: denial.body.into(),
    }
}

fn split(body: &str, pieces: usize) -> Vec<&[u8]> {
    let size = body.len().div_ceil(pieces).max(1);
    body.as_bytes().chunks(size).collect()
}

/// What the upstream gets, or else the client.
fn ask(job: &Job, request: &Message, pieces: usize) -> Result<Arrived, Arrived> {
    let mut headers = request.headers.clone();
    let mut body = request.body.clone().unwrap_or_default().into_bytes();
    let lookup = job
        .lookup_header()
        .and_then(|name| headers.get(name))
        .cloned();
    match job.on_request_headers(lookup.as_deref().map(str::as_bytes)) {
        RequestAction::Set(all) => {
            headers.extend(
                all.iter()
                    .map(|set| (set.name.to_string(), set.value.to_string())),
            );
        }
        RequestAction::SetOne(set) => {
            headers.insert(set.name.into(), set.value.into());
        }
        RequestAction::Deny(denial) => return Err(denied(denial)),
        RequestAction::Continue | RequestAction::Calibrate(_) => {}
    }
    if job.request_body() == BodyNeed::Whole {
        let sent = request.body.clone().unwrap_or_default();
        match job.on_request_body(&split(&sent, pieces)) {
            BodyAction::Set(header) => {
                headers.insert(header.name.into(), header.value.into());
            }
            BodyAction::Deny(denial) => return Err(denied(denial)),
            BodyAction::Replace(new) => body = new,
            BodyAction::Continue => {}
        }
        // As the routes of base.yaml do.
        if headers
            .get("x-model")
            .is_some_and(|model| model == "gpt-large")
        {
            headers.insert("x-bench-route".into(), "large".into());
        }
    }
    Ok(Arrived {
        status: 200,
        headers,
        body,
    })
}

fn answer(job: &Job, answer: &Message, sent: &str, pieces: usize) -> Arrived {
    let mut headers = answer.headers.clone();
    let set = job.on_response_headers().iter();
    headers.extend(set.map(|set| (set.name.to_string(), set.value.to_string())));
    let body = match job.response_body() {
        BodyNeed::Nothing => BodyAction::Continue,
        BodyNeed::Whole => job.on_response_body(&split(sent, pieces)),
    };
    let body = match body {
        BodyAction::Replace(body) => body,
        BodyAction::Continue => sent.into(),
        other => panic!("{other:?} to a response"),
    };
    Arrived {
        status: 200,
        headers,
        body,
    }
}

fn streamed(job: &Job, body: &str, pieces: usize) -> Option<Vec<u8>> {
    let mut redactor = job.redactor()?;
    let mut out = Vec::new();
    for part in split(body, pieces) {
        redactor.push(part, false, &mut out);
    }
    redactor.push(b"", true, &mut out);
    Some(out)
}

fn try_case(job: &Job, case: &Case, pieces: usize) {
    let of = format!("{}, in {pieces}", case.name);
    let sent = case.request.body.as_deref().unwrap_or_default();
    let answered = case.answer.body.as_deref().unwrap_or("ok");
    let client = match (ask(job, &case.request, pieces), &case.expect.upstream) {
        (Ok(request), Some(expected)) => {
            expected.check(&request, sent, &of);
            if let Some(out) = streamed(job, sent, pieces) {
                assert_eq!(out, request.body, "{of}, streamed");
            }
            answer(job, &case.answer, answered, pieces)
        }
        (Err(reply), None) => reply,
        (Ok(request), None) => panic!("{of}: it reached the upstream: {request:?}"),
        (Err(reply), Some(_)) => panic!("{of}: it was refused: {reply:?}"),
    };
    if let Some(out) = streamed(job, answered, pieces) {
        assert_eq!(out, client.body, "{of}, streamed back");
    }
    case.expect.client.check(&client, answered, &of);
}

fn try_scenario(name: &str) {
    let text = read(&scenarios().join(format!("{name}.yaml")));
    let scenario: Scenario = serde_yaml_ng::from_str(&text).expect(name);
    let job = job(&scenario);
    for case in &scenario.cases {
        for pieces in [1, 2, 3, 5, 16, 1_000, case.request.pieces.unwrap_or(1)] {
            try_case(&job, case, pieces);
        }
    }
}

/// A test for each scenario; `chain` is `headers` several times over.
macro_rules! scenario_tests {
    ($($test:ident: $name:literal,)*) => {$(
        #[test]
        fn $test() {
            try_scenario($name);
        }
    )*};
}

scenario_tests! {
    noop: "noop",
    headers: "headers",
    access: "access",
    lookup: "lookup",
    jwt: "jwt",
    model_routing: "model-routing",
    inspect: "inspect",
    redact: "redact",
    json_rewrite: "json-rewrite",
}
