package io.metachat.embedded.eventstoredb.internal.rpc;

import com.eventstore.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import com.eventstore.dbclient.proto.serverfeatures.Serverfeatures.SupportedMethod;
import com.eventstore.dbclient.proto.serverfeatures.Serverfeatures.SupportedMethods;
import com.eventstore.dbclient.proto.shared.Shared;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells clients what they may call. */
final class ServerFeaturesService extends ServerFeaturesGrpc.ServerFeaturesImplBase {

    /** The version whose behaviour is matched; clients derive what they may use from it. */
    static final String VERSION = "23.10.0";

    private final SupportedMethods methods;

    /** @param features by lower-case method name */
    ServerFeaturesService(List<ServiceDescriptor> services, Map<String, List<String>> features) {
        SupportedMethods.Builder supported = SupportedMethods.newBuilder().setEventStoreServerVersion(VERSION);
        for (ServiceDescriptor service : services) {
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                String name = String.valueOf(method.getBareMethodName()).toLowerCase(Locale.ROOT);
                supported.addMethods(SupportedMethod.newBuilder()
                        .setServiceName(service.getName().toLowerCase(Locale.ROOT))
                        .setMethodName(name)
                        .addAllFeatures(features.getOrDefault(name, List.of())));
            }
        }
        methods = supported.build();
    }

    @Override
    public void getSupportedMethods(Shared.Empty request, StreamObserver<SupportedMethods> observer) {
        observer.onNext(methods);
        observer.onCompleted();
    }
}
