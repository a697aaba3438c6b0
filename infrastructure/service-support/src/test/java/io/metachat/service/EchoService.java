package io.metachat.service;

import com.google.protobuf.StringValue;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A gRPC service whose methods a test writes as functions. */
public final class EchoService implements BindableService {

    public static final MethodDescriptor<StringValue, StringValue> SAY = method("Say");
    public static final MethodDescriptor<StringValue, StringValue> OPEN = method("Open");
    public static final MethodDescriptor<StringValue, StringValue> FORWARD = method("Forward");

    private final Map<MethodDescriptor<StringValue, StringValue>, UnaryOperator<String>> methods = new HashMap<>();

    /** Answers {@code method} by {@code function}; what it throws is thrown by the method. */
    public EchoService on(MethodDescriptor<StringValue, StringValue> method, UnaryOperator<String> function) {
        methods.put(method, function);
        return this;
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder("test.Echo");
        for (MethodDescriptor<StringValue, StringValue> method : methods.keySet()) {
            definition.addMethod(
                    method, ServerCalls.asyncUnaryCall((StringValue request, StreamObserver<StringValue> answer) -> {
                        answer.onNext(StringValue.of(methods.get(method).apply(request.getValue())));
                        answer.onCompleted();
                    }));
        }
        return definition.build();
    }

    private static MethodDescriptor<StringValue, StringValue> method(String name) {
        return MethodDescriptor.<StringValue, StringValue>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("test.Echo", name))
                .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                .build();
    }
}
