package io.metachat.embedded.eventstoredb.internal.rpc;

import com.eventstore.dbclient.proto.persistentsubscriptions.PersistentSubscriptionsGrpc;
import com.eventstore.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import com.eventstore.dbclient.proto.serverfeatures.Serverfeatures.SupportedMethod;
import com.eventstore.dbclient.proto.serverfeatures.Serverfeatures.SupportedMethods;
import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The ServerFeatures service, which lists the supported methods. */
final class ServerFeaturesService extends ServerFeaturesGrpc.ServerFeaturesImplBase {

    /** The version whose behaviour is matched; clients derive the available features from it. */
    static final String VERSION = "23.10.0";

    /** Features of methods, by lower-case method name. */
    private static final Map<String, List<String>> STREAMS_FEATURES =
            Map.of("batchappend", List.of("deadline_duration"));

    private static final List<String> STREAM_AND_ALL = List.of("stream", "all");

    /** Without these, a client would fall back to HTTP, which this server does not support. */
    private static final Map<String, List<String>> GROUP_FEATURES = Map.of(
            "create", STREAM_AND_ALL,
            "update", STREAM_AND_ALL,
            "delete", STREAM_AND_ALL,
            "read", STREAM_AND_ALL,
            "getinfo", STREAM_AND_ALL,
            "list", STREAM_AND_ALL,
            "replayparked", STREAM_AND_ALL);

    private final SupportedMethods methods;

    ServerFeaturesService() {
        SupportedMethods.Builder supported = SupportedMethods.newBuilder().setEventStoreServerVersion(VERSION);
        add(supported, StreamsGrpc.getServiceDescriptor(), STREAMS_FEATURES);
        add(supported, PersistentSubscriptionsGrpc.getServiceDescriptor(), GROUP_FEATURES);
        methods = supported.build();
    }

    private static void add(
            SupportedMethods.Builder supported, ServiceDescriptor service, Map<String, List<String>> features) {
        for (MethodDescriptor<?, ?> method : service.getMethods()) {
            String name = String.valueOf(method.getBareMethodName()).toLowerCase(Locale.ROOT);
            supported.addMethods(SupportedMethod.newBuilder()
                    .setServiceName(service.getName().toLowerCase(Locale.ROOT))
                    .setMethodName(name)
                    .addAllFeatures(features.getOrDefault(name, List.of())));
        }
    }

    @Override
    public void getSupportedMethods(Shared.Empty request, StreamObserver<SupportedMethods> observer) {
        observer.onNext(methods);
        observer.onCompleted();
    }
}
