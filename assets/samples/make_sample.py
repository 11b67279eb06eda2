#!/usr/bin/env python3
"""Writes Timberline's sample logs: a day in the life of "moa", a small inference service.

The service is imaginary, the logging is not: every line goes through Python's `logging` from the line of code that it
names, and every traceback is of an exception that was raised here. Only the clock is simulated, so that a day does not
take a day; with --live the real clock is used and the log keeps growing.

    python3 make_sample.py                     writes the three sample logs beside this file
    python3 make_sample.py --live moa.log      keeps writing (try Timberline's follow on it); Ctrl+C ends it
    python3 make_sample.py --live moa.log --rate 200 --rotate 100000
"""

import argparse
import asyncio
import json
import logging
import logging.handlers
import os
import random
import sys
import time
import warnings

FORMAT = "%(asctime)s | %(levelname)-8s | %(name)s:%(lineno)d - %(message)s"
NOTICE = 25
KST = 9 * 3600
FIRST_SECOND = 1_795_305_600  # 2026-11-22 09:00:00 in Seoul
HERE = os.path.dirname(os.path.abspath(__file__))

logging.addLevelName(NOTICE, "NOTICE")
random_source = random.Random(20261122)

app = logging.getLogger("moa")
routes = logging.getLogger("moa.api.routes")
auth = logging.getLogger("moa.api.auth")
ratelimit = logging.getLogger("moa.api.ratelimit")
errors = logging.getLogger("moa.api.errors")
loader = logging.getLogger("moa.model.loader")
tokenizer = logging.getLogger("moa.model.tokenizer")
runner = logging.getLogger("moa.model.runner")
cache = logging.getLogger("moa.model.cache")
batch = logging.getLogger("moa.scheduler.batch")
queue = logging.getLogger("moa.scheduler.queue")
pool = logging.getLogger("moa.db.pool")
migrations = logging.getLogger("moa.db.migrations")
slow_query = logging.getLogger("moa.db.slow")
s3 = logging.getLogger("moa.storage.s3")
disk = logging.getLogger("moa.storage.disk")
metrics = logging.getLogger("moa.telemetry.metrics")
tracing = logging.getLogger("moa.telemetry.tracing")
gpu = [logging.getLogger("moa.worker.gpu0"), logging.getLogger("moa.worker.gpu1")]
mail = logging.getLogger("moa.notify.mail")
config = logging.getLogger("moa.config")
uvicorn_error = logging.getLogger("uvicorn.error")
uvicorn_access = logging.getLogger("uvicorn.access")
connectionpool = logging.getLogger("urllib3.connectionpool")
event_loop = logging.getLogger("asyncio")


class Clock:
    """Seconds since the epoch: simulated, or real with a pause."""

    def __init__(self, live, pause=0.0):
        self.live = live
        self.pause = pause
        self.seconds = float(FIRST_SECOND)

    def now(self):
        return time.time() if self.live else self.seconds

    def wait(self, seconds):
        if self.live:
            time.sleep(self.pause * random_source.uniform(0.2, 1.8))
        else:
            self.seconds += seconds


clock = Clock(live=False)


def record_factory(*args, **kwargs):
    """A LogRecord at the clock's time."""
    record = logging.LogRecord(*args, **kwargs)
    record.created = clock.now()
    record.msecs = int(record.created % 1 * 1000)
    return record


def without_folders(text):
    """The text as if this file were installed in /opt/moa and Python in /usr/lib."""
    library = os.path.dirname(os.__file__)
    return text.replace(HERE, "/opt/moa").replace(library, "/usr/lib/python3.11")


class SeoulFormatter(logging.Formatter):
    """Times as in Seoul on any machine, and no folders of the machine that this runs on."""

    converter = staticmethod(lambda seconds: time.gmtime(seconds + KST))

    def format(self, record):
        return without_folders(super().format(record))


class UvicornFormatter(SeoulFormatter):
    """As uvicorn's DefaultFormatter and AccessFormatter without colours."""

    def format(self, record):
        prefix = record.levelname + ":" + " " * (8 - len(record.levelname))
        text = f"{prefix} {record.getMessage()}"
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return without_folders(text)


class JsonFormatter(SeoulFormatter):
    """One JSON object per record, with what was given as `extra`."""

    KNOWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}

    def format(self, record):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", self.converter(record.created))
        entry = {
            "timestamp": f"{stamp}.{int(record.msecs):03d}+09:00",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry.update({k: v for k, v in vars(record).items() if k not in self.KNOWN})
        if record.exc_info:
            entry["exc_info"] = self.formatException(record.exc_info)
        return without_folders(json.dumps(entry, ensure_ascii=False, default=str))


# --- the service ------------------------------------------------------------------------------------------------------


class PoolTimeout(Exception):
    """No database connection became free in time."""


class OutOfMemory(RuntimeError):
    """The GPU has no room for the batch."""


class InferenceFailed(Exception):
    """A request could not be answered."""


class Request:
    """One call of the API, with its identity for the logs."""

    count = 0
    users = ["김하늘", "이도윤", "박서연", "smith", "yamada", "최지우", "batch-job", "mallory"]
    prompts = [
        "서울의 내일 날씨를 알려줘",
        "Summarise the attached incident report in three sentences.",
        "주문 번호 20261122-0042 의 배송 상태를 확인해 주세요",
        "東京から大阪まで新幹線で何時間ですか",
        "把这段话翻译成韩语",
        "Write a haiku about log files 🪵",
        "이 코드에서 메모리 누수가 있는지 봐줘: while(1) { malloc(10); }",
    ]

    def __init__(self):
        Request.count += 1
        self.id = f"{random_source.getrandbits(32):08x}"
        self.user = random_source.choice(self.users)
        self.prompt = random_source.choice(self.prompts)
        self.tokens = random_source.randint(12, 1900)
        self.client = f"10.3.{random_source.randint(0, 7)}.{random_source.randint(2, 250)}:{random_source.randint(32768, 60999)}"
        self.path = random_source.choices(
            ["/v1/chat", "/v1/embeddings", "/v1/models", "/health"], weights=[55, 20, 5, 20]
        )[0]

    def extra(self, **more):
        return {"request_id": self.id, "user": self.user, "path": self.path, **more}


class Service:
    """Moa: an API, a scheduler, two GPUs, a database and a cache, all of them pretending."""

    def __init__(self):
        self.connections = 0
        self.pool_size = 20
        self.queue_length = 0
        self.gpu_memory = [0.41, 0.38]

    def start(self):
        app.info("moa 2.14.0 starting (pid=4711, host=infer-03, python=3.11.7)")
        config.debug("reading /etc/moa/moa.toml")
        config.warning("option 'max_batch' is deprecated, use 'scheduler.max_batch_size'")
        clock.wait(0.12)
        migrations.info("database at revision 0f3a9c2, nothing to do")
        pool.info("connection pool ready: min=5 max=%d", self.pool_size)
        for name, size in (("moa-chat-7b", 14.2), ("moa-embed-large", 1.3)):
            self.load_model(name, size)
        clock.wait(0.8)
        uvicorn_error.info("Started server process [4711]")
        uvicorn_error.info("Application startup complete.")
        uvicorn_error.info("Uvicorn running on http://0.0.0.0:8080 (Press CTRL+C to quit)")
        app.log(NOTICE, "서비스 시작 완료: 모델 2개, GPU 2개")

    def load_model(self, name, gigabytes):
        loader.info("loading %s (%.1f GB) from /models/%s", name, gigabytes, name)
        for shard in range(1, 5):
            clock.wait(random_source.uniform(0.4, 2.0))
            loader.debug("%s: shard %d/4 read, sha256 ok", name, shard)
        tokenizer.info("%s: vocabulary of 128256 tokens, 한국어 토큰 21,904개", name)
        loader.info("%s ready on gpu0, gpu1 in %.1f s", name, random_source.uniform(4, 9))

    def handle(self, request):
        """One request from the socket to the access log."""
        log_extra = request.extra()
        status = 200
        started = clock.now()
        try:
            if request.path == "/health":
                clock.wait(0.001)
            else:
                self.authenticate(request)
                self.answer(request)
                took = int((clock.now() - started) * 1000)
                routes.info(
                    "request %s 처리 완료: %d tokens, %d ms", request.id, request.tokens, took,
                    extra=request.extra(tokens=request.tokens, latency_ms=took),
                )
        except PermissionError as denied:
            status = 403
            auth.warning("request %s denied: %s", request.id, denied, extra=log_extra)
        except InferenceFailed:
            status = 503
            errors.exception("request %s failed", request.id, extra=log_extra)
        except PoolTimeout as timeout:
            status = 503
            errors.error("request %s: %s", request.id, timeout, extra=log_extra)
        phrase = {200: "OK", 403: "Forbidden", 503: "Service Unavailable"}[status]
        uvicorn_access.info(
            '%s - "%s %s HTTP/1.1" %d %s', request.client,
            "GET" if request.path in ("/health", "/v1/models") else "POST", request.path, status, phrase,
        )

    def authenticate(self, request):
        if request.user == "mallory":
            raise PermissionError(f"API key of user '{request.user}' was revoked on 2026-10-01")
        if random_source.random() < 0.03:
            ratelimit.warning(
                "사용자 %s: 분당 요청 한도 초과 (%d/60), 2 초 지연", request.user, random_source.randint(61, 95),
                extra=request.extra(),
            )
            clock.wait(2)
        auth.debug("key of %s is valid for 30 days", request.user, extra=request.extra())

    def answer(self, request):
        connection = self.connect(request)
        try:
            if random_source.random() < 0.2:
                cache.debug("hit for %s", request.id, extra=request.extra(cache="hit"))
                clock.wait(0.004)
                return
            tokenizer.debug('"%s" -> %d tokens', request.prompt, request.tokens, extra=request.extra())
            self.schedule(request)
            self.store(request)
        finally:
            self.connections = max(0, self.connections - connection)

    def connect(self, request):
        self.connections += 1
        if self.connections > self.pool_size:
            self.connections -= 1
            pool.error(
                "pool exhausted: %d of %d connections in use, %d waiting",
                self.pool_size, self.pool_size, random_source.randint(3, 40), extra=request.extra(),
            )
            raise PoolTimeout("no database connection within 5.0 s")
        pool.debug("connection %d of %d taken", self.connections, self.pool_size)
        return 1

    def schedule(self, request):
        self.queue_length = max(0, self.queue_length + random_source.randint(-2, 3))
        if self.queue_length > 24:
            queue.warning("queue length %d, oldest waits %d ms", self.queue_length, self.queue_length * 37)
            self.queue_length //= 2
        index = random_source.randrange(2)
        batch.debug("request %s joins batch %d on gpu%d", request.id, Request.count // 4, index, extra=request.extra())
        clock.wait(random_source.uniform(0.02, 0.4))
        try:
            self.run(index, request)
        except OutOfMemory as error:
            self.gpu_memory[index] = 0.4
            raise InferenceFailed(f"{request.path} for {request.user}") from error

    def run(self, index, request):
        self.gpu_memory[index] += request.tokens / 90_000
        if self.gpu_memory[index] > 0.97:
            gpu[index].critical(
                "CUDA out of memory: tried to allocate %d MiB, %d MiB free", request.tokens * 2, 31, extra=request.extra()
            )
            raise OutOfMemory(f"batch of {request.tokens} tokens does not fit on gpu{index}")
        if self.gpu_memory[index] > 0.88:
            gpu[index].warning("memory at %d %%, KV cache is being evicted", self.gpu_memory[index] * 100)
            self.gpu_memory[index] -= random_source.uniform(0.0, 0.016)
        runner.debug(
            "gpu%d: %d tokens in %d ms", index, request.tokens, request.tokens // 9,
            extra=request.extra(gpu=index, tokens=request.tokens),
        )

    def store(self, request):
        clock.wait(0.003)
        took = random_source.lognormvariate(2.2, 1.1)
        if took > 90:
            slow_query.warning(
                "query took %d ms:\nSELECT u.id, u.name, count(*) AS calls\n  FROM requests r JOIN users u ON u.id = r.user_id\n"
                " WHERE r.created_at > now() - interval '1 day'\n GROUP BY u.id, u.name ORDER BY calls DESC", took,
                extra=request.extra(query_ms=int(took)),
            )
        if random_source.random() < 0.012:
            self.upload(request)

    def upload(self, request):
        try:
            try:
                raise ConnectionResetError(104, "Connection reset by peer")
            except ConnectionResetError:
                connectionpool.warning(
                    "Retrying (Retry(total=2, connect=None, read=None)) after connection broken: /moa-transcripts/%s.json",
                    request.id,
                )
                int("chunk-" + request.id)  # the retry reads a broken checkpoint
        except ValueError:
            s3.exception("transcript %s 업로드 실패, 로컬에 보관합니다", request.id, extra=request.extra())
            disk.info("kept /var/lib/moa/spool/%s.json (%d bytes)", request.id, request.tokens * 11)


# --- the day ----------------------------------------------------------------------------------------------------------


def background(service, turn):
    """What happens beside the requests."""
    if turn % 40 == 0:
        metrics.info(
            "rps=%.1f p50=%dms p99=%dms queue=%d gpu0=%d%% gpu1=%d%%", random_source.uniform(3, 9),
            random_source.randint(80, 140), random_source.randint(600, 2400), service.queue_length,
            service.gpu_memory[0] * 100, service.gpu_memory[1] * 100,
        )
    if turn % 97 == 0:
        tracing.debug("exported %d spans to http://otel-collector:4318", random_source.randint(100, 900))
    if turn % 150 == 0:
        disk.info("/var/lib/moa 사용량 %d %%", 71 + turn // 60)
    if turn % 210 == 100:
        event_loop.warning("Executing <Task pending name='Task-%d' coro=<stream()>> took %.3f seconds", turn, 0.214)
    if turn == 333:
        logging.captureWarnings(True)
        warnings.warn("ssl.PROTOCOL_TLS is deprecated", DeprecationWarning, stacklevel=2)
    if turn == 260:
        prompt = "로그 " * 700
        tokenizer.warning("prompt of 2800 bytes cut to 512 tokens: %s", prompt.strip())
    if turn == 420:
        report_failures()


def report_failures():
    """A failure with several causes, as an exception group prints it."""

    async def ping(host):
        raise TimeoutError(f"{host} did not answer within 1.5 s")

    async def ping_all():
        results = await asyncio.gather(ping("infer-01"), ping("infer-02"), return_exceptions=True)
        failures = [result for result in results if isinstance(result, Exception)]
        raise ExceptionGroup("이웃 노드 점검 실패", failures)

    try:
        asyncio.run(ping_all())
    except ExceptionGroup:
        app.exception("2 of 2 peers are gone, continuing alone")
        mail.info("경고 메일을 oncall@example.com 에 보냈습니다")


def day(service, turns):
    """Traffic with one bad quarter of an hour in the middle."""
    for turn in range(turns):
        bad = turns * 0.45 < turn % turns < turns * 0.52
        service.connections = random_source.randint(17, 21) if bad else random_source.randint(1, 9)
        if turn == int(turns * 0.52):
            pool.log(NOTICE, "pool recovered after %d failed checkouts", random_source.randint(20, 60))
        service.handle(Request())
        background(service, turn)
        clock.wait(random_source.expovariate(1 / 45))


def to_file(path, formatter, names=("",), level=logging.DEBUG):
    """Sends the loggers of these names to a new file."""
    handler = logging.FileHandler(os.path.join(HERE, path), mode="w", encoding="utf-8")
    handler.setFormatter(formatter)
    handler.setLevel(level)
    for name in names:
        logging.getLogger(name).addHandler(handler)
    return handler


def write_samples():
    to_file("inference-service.log", SeoulFormatter(FORMAT))
    to_file("uvicorn.log", UvicornFormatter(), names=("uvicorn.error", "uvicorn.access", "moa.api.errors"))
    to_file("app.jsonl", JsonFormatter(), names=("moa",), level=logging.INFO)
    service = Service()
    service.start()
    day(service, 640)
    app.info("SIGTERM received, draining %d requests", service.queue_length)
    app.info("서비스를 종료합니다")
    logging.shutdown()


def write_live(path, rate, rotate):
    clock.live = True
    clock.pause = 3.0 / rate
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=rotate, backupCount=3, encoding="utf-8")
    handler.setFormatter(SeoulFormatter(FORMAT))
    logging.getLogger().addHandler(handler)
    service = Service()
    service.start()
    turn = 0
    while True:
        service.connections = random_source.randint(1, 21)
        service.handle(Request())
        background(service, turn)
        clock.wait(1)
        turn += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--live", metavar="FILE", help="keep writing to FILE in real time")
    parser.add_argument("--rate", type=float, default=10.0, help="records per second with --live, roughly")
    parser.add_argument("--rotate", type=int, default=0, metavar="BYTES", help="start a new file at this size")
    arguments = parser.parse_args()
    logging.setLogRecordFactory(record_factory)
    logging.getLogger().setLevel(logging.DEBUG)
    if not arguments.live:
        write_samples()
        return
    try:
        write_live(arguments.live, arguments.rate, arguments.rotate)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
