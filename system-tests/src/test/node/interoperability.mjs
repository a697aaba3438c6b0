// The same operations through the Node.js client, a second implementation of the protocol, which appends by BatchAppend.
// Usage: node interoperability.mjs esdb://127.0.0.1:2113?tls=false
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  NO_STREAM,
  PARK,
  PersistentSubscriptionDoesNotExistError,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  MaxAppendSizeExceededError,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
  streamNameFilter,
} from "@eventstore/db-client";

const client = EventStoreDBClient.connectionString(process.argv[2] ?? "esdb://127.0.0.1:2113?tls=false");
const newStream = () => `node-${randomUUID()}`;
const event = (number) => jsonEvent({ type: "node.tested", data: { number } });
const append = (stream, expectedRevision, ...events) => client.appendToStream(stream, events, { expectedRevision });

async function read(stream, options = {}) {
  const revisions = [];
  for await (const { event } of client.readStream(stream, options)) {
    revisions.push(Number(event.revision));
  }
  return revisions;
}

async function take(subscription, count) {
  const events = [];
  for await (const resolved of subscription) {
    events.push(resolved);
    if (events.length === count) {
      break;
    }
  }
  return events;
}

async function parked(stream) {
  const { stats } = await client.getPersistentSubscriptionToStreamInfo(stream, "group");
  return BigInt(stats.parkedMessageCount);
}

async function until(condition) {
  while (!(await condition())) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const steps = {
  async "appends and reads both ways"() {
    const stream = newStream();
    const first = await append(stream, NO_STREAM, event(0), event(1));
    assert.equal(first.success, true);
    assert.equal(first.nextExpectedRevision, 1n);
    const second = await append(stream, 1n, event(2));
    assert.ok(second.position.commit > first.position.commit);
    assert.deepEqual(await read(stream, { direction: FORWARDS, fromRevision: START }), [0, 1, 2]);
    assert.deepEqual(await read(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 2 }), [2, 1]);
  },

  async "appends to many streams at once"() {
    const streams = Array.from({ length: 100 }, newStream);
    const results = await Promise.all(streams.map((stream) => append(stream, NO_STREAM, event(0), event(1))));
    const positions = results.map(({ position }) => position.commit);
    assert.equal(new Set(positions).size, 100);
    for (const stream of streams) {
      assert.deepEqual(await read(stream), [0, 1]);
    }
  },

  async "refuses a wrong revision"() {
    const stream = newStream();
    await append(stream, NO_STREAM, event(0));
    await assert.rejects(append(stream, NO_STREAM, event(1)), WrongExpectedVersionError);
    await assert.rejects(append(stream, 7n, event(1)), WrongExpectedVersionError);
    await assert.rejects(append(newStream(), STREAM_EXISTS, event(1)), WrongExpectedVersionError);
  },

  async "recognises a repeated append"() {
    const stream = newStream();
    const events = [event(0), event(1)];
    const first = await append(stream, NO_STREAM, ...events);
    const again = await append(stream, NO_STREAM, ...events);
    assert.equal(again.nextExpectedRevision, first.nextExpectedRevision);
    assert.deepEqual(await read(stream), [0, 1]);
  },

  async "refuses what is too large"() {
    const large = jsonEvent({ type: "large", data: { text: "x".repeat(1 << 20) } });
    await assert.rejects(append(newStream(), ANY, large), MaxAppendSizeExceededError);
  },

  async "does not find what is not there"() {
    await assert.rejects(read(newStream()), StreamNotFoundError);
  },

  async "deletes and tombstones"() {
    const stream = newStream();
    await append(stream, NO_STREAM, event(0), event(1));
    await client.deleteStream(stream, { expectedRevision: 1n });
    await assert.rejects(read(stream), StreamNotFoundError);
    await append(stream, ANY, event(2));
    assert.deepEqual(await read(stream), [2]);
    await client.tombstoneStream(stream);
    await assert.rejects(append(stream, ANY, event(3)), StreamDeletedError);
    await assert.rejects(read(stream), StreamDeletedError);
  },

  async "keeps to a stream's metadata"() {
    const stream = newStream();
    await append(stream, NO_STREAM, event(0), event(1), event(2));
    await client.setStreamMetadata(stream, { maxCount: 2 });
    assert.equal((await client.getStreamMetadata(stream)).metadata.maxCount, 2);
    assert.deepEqual(await read(stream), [1, 2]);
  },

  async "reads the whole log"() {
    const stream = newStream();
    const { position } = await append(stream, NO_STREAM, event(0));
    await append(stream, 0n, event(1));
    const found = [];
    for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition: position, maxCount: 2 })) {
      found.push(`${event.streamId} ${event.revision}`);
    }
    assert.equal(found[0], `${stream} 0`);
  },

  async "subscribes to a stream"() {
    const stream = newStream();
    await append(stream, NO_STREAM, event(0));
    const subscription = client.subscribeToStream(stream, { fromRevision: START });
    const taking = take(subscription, 3);
    await append(stream, 0n, event(1), event(2));
    assert.deepEqual(
      (await taking).map(({ event }) => event.data.number),
      [0, 1, 2],
    );
  },

  async "subscribes to the whole log with a filter"() {
    const stream = newStream();
    const subscription = client.subscribeToAll({
      fromPosition: START,
      filter: streamNameFilter({ prefixes: [stream] }),
    });
    const taking = take(subscription, 2);
    await append(newStream(), NO_STREAM, event(9));
    await append(stream, NO_STREAM, event(0), event(1));
    assert.deepEqual(
      (await taking).map(({ event }) => event.streamId),
      [stream, stream],
    );
  },

  async "shares a stream in a group"() {
    const stream = newStream();
    await append(stream, NO_STREAM, event(0), event(1));
    await client.createPersistentSubscriptionToStream(
      stream,
      "group",
      persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START }),
    );
    const subscription = client.subscribeToPersistentSubscriptionToStream(stream, "group");
    const taken = [];
    for await (const resolved of subscription) {
      taken.push(resolved.event.data.number);
      await subscription.ack(resolved);
      if (taken.length === 2) {
        break;
      }
    }
    assert.deepEqual(taken, [0, 1]);
    const info = await client.getPersistentSubscriptionToStreamInfo(stream, "group");
    assert.equal(info.groupName, "group");
    await client.deletePersistentSubscriptionToStream(stream, "group");
  },

  async "parks in a group and replays"() {
    const stream = newStream();
    await append(stream, NO_STREAM, event(0), event(1));
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
    await client.createPersistentSubscriptionToStream(stream, "group", settings);
    await client.updatePersistentSubscriptionToStream(stream, "group", { ...settings, maxRetryCount: 3 });
    assert.equal((await client.getPersistentSubscriptionToStreamInfo(stream, "group")).settings.maxRetryCount, 3);
    const groups = await client.listPersistentSubscriptionsToStream(stream);
    assert.deepEqual(
      groups.map(({ groupName }) => groupName),
      ["group"],
    );
    const subscription = client.subscribeToPersistentSubscriptionToStream(stream, "group");
    const taken = [];
    for await (const resolved of subscription) {
      taken.push(resolved.event.data.number);
      if (taken.length === 1) {
        await subscription.nack(PARK, "not now", resolved);
      } else {
        await subscription.ack(resolved);
      }
      if (taken.length === 2) {
        await until(async () => (await parked(stream)) === 1n);
        await client.replayParkedMessagesToStream(stream, "group");
      }
      if (taken.length === 3) {
        break;
      }
    }
    assert.deepEqual(taken, [0, 1, 0]);
    await client.deletePersistentSubscriptionToStream(stream, "group");
    await assert.rejects(
      client.getPersistentSubscriptionToStreamInfo(stream, "group"),
      PersistentSubscriptionDoesNotExistError,
    );
  },

  async "follows links of a category"() {
    const category = `n${randomUUID().replaceAll("-", "")}`;
    await append(`${category}-1`, NO_STREAM, event(0));
    const [found] = await take(
      client.subscribeToStream(`$ce-${category}`, { fromRevision: START, resolveLinkTos: true }),
      1,
    );
    assert.equal(found.event.streamId, `${category}-1`);
    assert.equal(found.link.streamId, `$ce-${category}`);
  },
};

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  try {
    await Promise.race([
      step(),
      new Promise((_, reject) => setTimeout(() => reject(new Error("no answer for 20 s")), 20_000).unref()),
    ]);
    console.log(`ok      ${name}`);
  } catch (failure) {
    failed++;
    console.log(`failed  ${name}: ${failure.stack}`);
  }
}
await client.dispose();
console.log(`${Object.keys(steps).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
