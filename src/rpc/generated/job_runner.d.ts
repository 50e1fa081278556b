// Generated from proto/job_runner.proto by `bun run generate`. Do not edit.
import type * as $protobuf from "protobufjs";

/** Namespace job_runner. */
export namespace job_runner {

    /** Status enum. */
    enum Status {

        /** RUNNING value */
        RUNNING = 0,

        /** FAILED value */
        FAILED = 1,

        /** SUCCEEDED value */
        SUCCEEDED = 2
    }

    /** Reason enum. */
    enum Reason {

        /** REASON_NONE value */
        REASON_NONE = 0,

        /** REASON_EXITED value */
        REASON_EXITED = 1,

        /** REASON_SIGNALED value */
        REASON_SIGNALED = 2,

        /** REASON_STOPPED value */
        REASON_STOPPED = 3,

        /** REASON_TIMED_OUT value */
        REASON_TIMED_OUT = 4,

        /** REASON_OOM_KILLED value */
        REASON_OOM_KILLED = 5,

        /** REASON_START_FAILED value */
        REASON_START_FAILED = 6,

        /** REASON_LOST value */
        REASON_LOST = 7
    }

    /** CapabilityLevel enum. */
    enum CapabilityLevel {

        /** CAPABILITY_NONE value */
        CAPABILITY_NONE = 0,

        /** CAPABILITY_TRACKING value */
        CAPABILITY_TRACKING = 1,

        /** CAPABILITY_LIMITS value */
        CAPABILITY_LIMITS = 2
    }

    /**
     * Properties of a RunRequest.
     * @deprecated Use job_runner.RunRequest.$Properties instead.
     */
    interface IRunRequest extends job_runner.RunRequest.$Properties {
    }

    /** Represents a RunRequest. */
    class RunRequest {

        /**
         * Constructs a new RunRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.RunRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RunRequest name. */
        name: string;

        /** RunRequest command. */
        command: string;

        /** RunRequest args. */
        args: string[];

        /** RunRequest env. */
        env: string[];

        /** RunRequest workingDir. */
        workingDir: string;

        /**
         * Encodes the specified RunRequest message. Does not implicitly {@link job_runner.RunRequest.verify|verify} messages.
         * @param message RunRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.RunRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RunRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.RunRequest & job_runner.RunRequest.$Shape} RunRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.RunRequest & job_runner.RunRequest.$Shape;
    }

    namespace RunRequest {

        /** Properties of a RunRequest. */
        interface $Properties {

            /** RunRequest name */
            name?: (string|null);

            /** RunRequest command */
            command?: (string|null);

            /** RunRequest args */
            args?: (string[]|null);

            /** RunRequest env */
            env?: (string[]|null);

            /** RunRequest workingDir */
            workingDir?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RunRequest. */
        type $Shape = job_runner.RunRequest.$Properties;
    }

    /**
     * Properties of a RunResponse.
     * @deprecated Use job_runner.RunResponse.$Properties instead.
     */
    interface IRunResponse extends job_runner.RunResponse.$Properties {
    }

    /** Represents a RunResponse. */
    class RunResponse {

        /**
         * Constructs a new RunResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.RunResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RunResponse name. */
        name: string;

        /** RunResponse id. */
        id: string;

        /**
         * Encodes the specified RunResponse message. Does not implicitly {@link job_runner.RunResponse.verify|verify} messages.
         * @param message RunResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.RunResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RunResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.RunResponse & job_runner.RunResponse.$Shape} RunResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.RunResponse & job_runner.RunResponse.$Shape;
    }

    namespace RunResponse {

        /** Properties of a RunResponse. */
        interface $Properties {

            /** RunResponse name */
            name?: (string|null);

            /** RunResponse id */
            id?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RunResponse. */
        type $Shape = job_runner.RunResponse.$Properties;
    }

    /**
     * Properties of a GetRequest.
     * @deprecated Use job_runner.GetRequest.$Properties instead.
     */
    interface IGetRequest extends job_runner.GetRequest.$Properties {
    }

    /** Represents a GetRequest. */
    class GetRequest {

        /**
         * Constructs a new GetRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.GetRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GetRequest name. */
        name: string;

        /** GetRequest jobId. */
        jobId: string;

        /**
         * Encodes the specified GetRequest message. Does not implicitly {@link job_runner.GetRequest.verify|verify} messages.
         * @param message GetRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.GetRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GetRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.GetRequest & job_runner.GetRequest.$Shape} GetRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.GetRequest & job_runner.GetRequest.$Shape;
    }

    namespace GetRequest {

        /** Properties of a GetRequest. */
        interface $Properties {

            /** GetRequest name */
            name?: (string|null);

            /** GetRequest jobId */
            jobId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GetRequest. */
        type $Shape = job_runner.GetRequest.$Properties;
    }

    /**
     * Properties of a GetResponse.
     * @deprecated Use job_runner.GetResponse.$Properties instead.
     */
    interface IGetResponse extends job_runner.GetResponse.$Properties {
    }

    /** Represents a GetResponse. */
    class GetResponse {

        /**
         * Constructs a new GetResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.GetResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GetResponse createdBy. */
        createdBy: string;

        /** GetResponse status. */
        status: job_runner.Status;

        /** GetResponse exitCode. */
        exitCode: number;

        /** GetResponse name. */
        name: string;

        /** GetResponse id. */
        id: string;

        /** GetResponse command. */
        command: string;

        /** GetResponse args. */
        args: string[];

        /** GetResponse workingDir. */
        workingDir: string;

        /** GetResponse createdAt. */
        createdAt?: (google.protobuf.Timestamp|null);

        /** GetResponse startedAt. */
        startedAt?: (google.protobuf.Timestamp|null);

        /** GetResponse finishedAt. */
        finishedAt?: (google.protobuf.Timestamp|null);

        /** GetResponse reason. */
        reason: job_runner.Reason;

        /** GetResponse causedBy. */
        causedBy: string;

        /** GetResponse signal. */
        signal: string;

        /** GetResponse pid. */
        pid: number;

        /** GetResponse logBytes. */
        logBytes: number;

        /**
         * Encodes the specified GetResponse message. Does not implicitly {@link job_runner.GetResponse.verify|verify} messages.
         * @param message GetResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.GetResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GetResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.GetResponse & job_runner.GetResponse.$Shape} GetResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.GetResponse & job_runner.GetResponse.$Shape;
    }

    namespace GetResponse {

        /** Properties of a GetResponse. */
        interface $Properties {

            /** GetResponse createdBy */
            createdBy?: (string|null);

            /** GetResponse status */
            status?: (job_runner.Status|null);

            /** GetResponse exitCode */
            exitCode?: (number|null);

            /** GetResponse name */
            name?: (string|null);

            /** GetResponse id */
            id?: (string|null);

            /** GetResponse command */
            command?: (string|null);

            /** GetResponse args */
            args?: (string[]|null);

            /** GetResponse workingDir */
            workingDir?: (string|null);

            /** GetResponse createdAt */
            createdAt?: (google.protobuf.Timestamp|null);

            /** GetResponse startedAt */
            startedAt?: (google.protobuf.Timestamp|null);

            /** GetResponse finishedAt */
            finishedAt?: (google.protobuf.Timestamp|null);

            /** GetResponse reason */
            reason?: (job_runner.Reason|null);

            /** GetResponse causedBy */
            causedBy?: (string|null);

            /** GetResponse signal */
            signal?: (string|null);

            /** GetResponse pid */
            pid?: (number|null);

            /** GetResponse logBytes */
            logBytes?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GetResponse. */
        type $Shape = job_runner.GetResponse.$Properties;
    }

    /**
     * Properties of a StreamLogsRequest.
     * @deprecated Use job_runner.StreamLogsRequest.$Properties instead.
     */
    interface IStreamLogsRequest extends job_runner.StreamLogsRequest.$Properties {
    }

    /** Represents a StreamLogsRequest. */
    class StreamLogsRequest {

        /**
         * Constructs a new StreamLogsRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.StreamLogsRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StreamLogsRequest name. */
        name: string;

        /** StreamLogsRequest jobId. */
        jobId: string;

        /** StreamLogsRequest offset. */
        offset: number;

        /** StreamLogsRequest noFollow. */
        noFollow: boolean;

        /**
         * Encodes the specified StreamLogsRequest message. Does not implicitly {@link job_runner.StreamLogsRequest.verify|verify} messages.
         * @param message StreamLogsRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.StreamLogsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StreamLogsRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.StreamLogsRequest & job_runner.StreamLogsRequest.$Shape} StreamLogsRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.StreamLogsRequest & job_runner.StreamLogsRequest.$Shape;
    }

    namespace StreamLogsRequest {

        /** Properties of a StreamLogsRequest. */
        interface $Properties {

            /** StreamLogsRequest name */
            name?: (string|null);

            /** StreamLogsRequest jobId */
            jobId?: (string|null);

            /** StreamLogsRequest offset */
            offset?: (number|null);

            /** StreamLogsRequest noFollow */
            noFollow?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StreamLogsRequest. */
        type $Shape = job_runner.StreamLogsRequest.$Properties;
    }

    /**
     * Properties of a StreamLogsResponse.
     * @deprecated Use job_runner.StreamLogsResponse.$Properties instead.
     */
    interface IStreamLogsResponse extends job_runner.StreamLogsResponse.$Properties {
    }

    /** Represents a StreamLogsResponse. */
    class StreamLogsResponse {

        /**
         * Constructs a new StreamLogsResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.StreamLogsResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StreamLogsResponse output. */
        output: Uint8Array;

        /** StreamLogsResponse offset. */
        offset: number;

        /** StreamLogsResponse jobId. */
        jobId: string;

        /**
         * Encodes the specified StreamLogsResponse message. Does not implicitly {@link job_runner.StreamLogsResponse.verify|verify} messages.
         * @param message StreamLogsResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.StreamLogsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StreamLogsResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.StreamLogsResponse & job_runner.StreamLogsResponse.$Shape} StreamLogsResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.StreamLogsResponse & job_runner.StreamLogsResponse.$Shape;
    }

    namespace StreamLogsResponse {

        /** Properties of a StreamLogsResponse. */
        interface $Properties {

            /** StreamLogsResponse output */
            output?: (Uint8Array|null);

            /** StreamLogsResponse offset */
            offset?: (number|null);

            /** StreamLogsResponse jobId */
            jobId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StreamLogsResponse. */
        type $Shape = job_runner.StreamLogsResponse.$Properties;
    }

    /**
     * Properties of a StopRequest.
     * @deprecated Use job_runner.StopRequest.$Properties instead.
     */
    interface IStopRequest extends job_runner.StopRequest.$Properties {
    }

    /** Represents a StopRequest. */
    class StopRequest {

        /**
         * Constructs a new StopRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.StopRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StopRequest name. */
        name: string;

        /** StopRequest gracePeriod. */
        gracePeriod?: (google.protobuf.Duration|null);

        /** StopRequest jobId. */
        jobId: string;

        /**
         * Encodes the specified StopRequest message. Does not implicitly {@link job_runner.StopRequest.verify|verify} messages.
         * @param message StopRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.StopRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StopRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.StopRequest & job_runner.StopRequest.$Shape} StopRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.StopRequest & job_runner.StopRequest.$Shape;
    }

    namespace StopRequest {

        /** Properties of a StopRequest. */
        interface $Properties {

            /** StopRequest name */
            name?: (string|null);

            /** StopRequest gracePeriod */
            gracePeriod?: (google.protobuf.Duration|null);

            /** StopRequest jobId */
            jobId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StopRequest. */
        type $Shape = job_runner.StopRequest.$Properties;
    }

    /**
     * Properties of a StopResponse.
     * @deprecated Use job_runner.StopResponse.$Properties instead.
     */
    interface IStopResponse extends job_runner.StopResponse.$Properties {
    }

    /** Represents a StopResponse. */
    class StopResponse {

        /**
         * Constructs a new StopResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.StopResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StopResponse status. */
        status: job_runner.Status;

        /** StopResponse exitCode. */
        exitCode: number;

        /**
         * Encodes the specified StopResponse message. Does not implicitly {@link job_runner.StopResponse.verify|verify} messages.
         * @param message StopResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.StopResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StopResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.StopResponse & job_runner.StopResponse.$Shape} StopResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.StopResponse & job_runner.StopResponse.$Shape;
    }

    namespace StopResponse {

        /** Properties of a StopResponse. */
        interface $Properties {

            /** StopResponse status */
            status?: (job_runner.Status|null);

            /** StopResponse exitCode */
            exitCode?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StopResponse. */
        type $Shape = job_runner.StopResponse.$Properties;
    }

    /**
     * Properties of a ListRequest.
     * @deprecated Use job_runner.ListRequest.$Properties instead.
     */
    interface IListRequest extends job_runner.ListRequest.$Properties {
    }

    /** Represents a ListRequest. */
    class ListRequest {

        /**
         * Constructs a new ListRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.ListRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ListRequest statuses. */
        statuses: job_runner.Status[];

        /** ListRequest createdBy. */
        createdBy: string;

        /** ListRequest pageSize. */
        pageSize: number;

        /** ListRequest pageToken. */
        pageToken: string;

        /**
         * Encodes the specified ListRequest message. Does not implicitly {@link job_runner.ListRequest.verify|verify} messages.
         * @param message ListRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.ListRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ListRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.ListRequest & job_runner.ListRequest.$Shape} ListRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.ListRequest & job_runner.ListRequest.$Shape;
    }

    namespace ListRequest {

        /** Properties of a ListRequest. */
        interface $Properties {

            /** ListRequest statuses */
            statuses?: (job_runner.Status[]|null);

            /** ListRequest createdBy */
            createdBy?: (string|null);

            /** ListRequest pageSize */
            pageSize?: (number|null);

            /** ListRequest pageToken */
            pageToken?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ListRequest. */
        type $Shape = job_runner.ListRequest.$Properties;
    }

    /**
     * Properties of a ListResponse.
     * @deprecated Use job_runner.ListResponse.$Properties instead.
     */
    interface IListResponse extends job_runner.ListResponse.$Properties {
    }

    /** Represents a ListResponse. */
    class ListResponse {

        /**
         * Constructs a new ListResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.ListResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ListResponse jobs. */
        jobs: job_runner.GetResponse[];

        /** ListResponse nextPageToken. */
        nextPageToken: string;

        /**
         * Encodes the specified ListResponse message. Does not implicitly {@link job_runner.ListResponse.verify|verify} messages.
         * @param message ListResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.ListResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ListResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.ListResponse & job_runner.ListResponse.$Shape} ListResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.ListResponse & job_runner.ListResponse.$Shape;
    }

    namespace ListResponse {

        /** Properties of a ListResponse. */
        interface $Properties {

            /** ListResponse jobs */
            jobs?: (job_runner.GetResponse[]|null);

            /** ListResponse nextPageToken */
            nextPageToken?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ListResponse. */
        type $Shape = job_runner.ListResponse.$Properties;
    }

    /**
     * Properties of a WaitRequest.
     * @deprecated Use job_runner.WaitRequest.$Properties instead.
     */
    interface IWaitRequest extends job_runner.WaitRequest.$Properties {
    }

    /** Represents a WaitRequest. */
    class WaitRequest {

        /**
         * Constructs a new WaitRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.WaitRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WaitRequest name. */
        name: string;

        /** WaitRequest jobId. */
        jobId: string;

        /**
         * Encodes the specified WaitRequest message. Does not implicitly {@link job_runner.WaitRequest.verify|verify} messages.
         * @param message WaitRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.WaitRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WaitRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.WaitRequest & job_runner.WaitRequest.$Shape} WaitRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.WaitRequest & job_runner.WaitRequest.$Shape;
    }

    namespace WaitRequest {

        /** Properties of a WaitRequest. */
        interface $Properties {

            /** WaitRequest name */
            name?: (string|null);

            /** WaitRequest jobId */
            jobId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WaitRequest. */
        type $Shape = job_runner.WaitRequest.$Properties;
    }

    /**
     * Properties of a WaitResponse.
     * @deprecated Use job_runner.WaitResponse.$Properties instead.
     */
    interface IWaitResponse extends job_runner.WaitResponse.$Properties {
    }

    /** Represents a WaitResponse. */
    class WaitResponse {

        /**
         * Constructs a new WaitResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.WaitResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WaitResponse job. */
        job?: (job_runner.GetResponse|null);

        /**
         * Encodes the specified WaitResponse message. Does not implicitly {@link job_runner.WaitResponse.verify|verify} messages.
         * @param message WaitResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.WaitResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WaitResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.WaitResponse & job_runner.WaitResponse.$Shape} WaitResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.WaitResponse & job_runner.WaitResponse.$Shape;
    }

    namespace WaitResponse {

        /** Properties of a WaitResponse. */
        interface $Properties {

            /** WaitResponse job */
            job?: (job_runner.GetResponse|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WaitResponse. */
        type $Shape = job_runner.WaitResponse.$Properties;
    }

    /**
     * Properties of an InfoRequest.
     * @deprecated Use job_runner.InfoRequest.$Properties instead.
     */
    interface IInfoRequest extends job_runner.InfoRequest.$Properties {
    }

    /** Represents an InfoRequest. */
    class InfoRequest {

        /**
         * Constructs a new InfoRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.InfoRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Encodes the specified InfoRequest message. Does not implicitly {@link job_runner.InfoRequest.verify|verify} messages.
         * @param message InfoRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.InfoRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an InfoRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.InfoRequest & job_runner.InfoRequest.$Shape} InfoRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.InfoRequest & job_runner.InfoRequest.$Shape;
    }

    namespace InfoRequest {

        /** Properties of an InfoRequest. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an InfoRequest. */
        type $Shape = job_runner.InfoRequest.$Properties;
    }

    /**
     * Properties of an InfoResponse.
     * @deprecated Use job_runner.InfoResponse.$Properties instead.
     */
    interface IInfoResponse extends job_runner.InfoResponse.$Properties {
    }

    /** Represents an InfoResponse. */
    class InfoResponse {

        /**
         * Constructs a new InfoResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.InfoResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** InfoResponse version. */
        version: string;

        /** InfoResponse hostname. */
        hostname: string;

        /** InfoResponse startedAt. */
        startedAt?: (google.protobuf.Timestamp|null);

        /** InfoResponse capabilityLevel. */
        capabilityLevel: job_runner.CapabilityLevel;

        /** InfoResponse missing. */
        missing: string[];

        /** InfoResponse runningJobs. */
        runningJobs: number;

        /** InfoResponse tenant. */
        tenant: string;

        /** InfoResponse role. */
        role: string;

        /** InfoResponse agentCertificateExpiresAt. */
        agentCertificateExpiresAt?: (google.protobuf.Timestamp|null);

        /** InfoResponse clientCertificateExpiresAt. */
        clientCertificateExpiresAt?: (google.protobuf.Timestamp|null);

        /**
         * Encodes the specified InfoResponse message. Does not implicitly {@link job_runner.InfoResponse.verify|verify} messages.
         * @param message InfoResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.InfoResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an InfoResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.InfoResponse & job_runner.InfoResponse.$Shape} InfoResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.InfoResponse & job_runner.InfoResponse.$Shape;
    }

    namespace InfoResponse {

        /** Properties of an InfoResponse. */
        interface $Properties {

            /** InfoResponse version */
            version?: (string|null);

            /** InfoResponse hostname */
            hostname?: (string|null);

            /** InfoResponse startedAt */
            startedAt?: (google.protobuf.Timestamp|null);

            /** InfoResponse capabilityLevel */
            capabilityLevel?: (job_runner.CapabilityLevel|null);

            /** InfoResponse missing */
            missing?: (string[]|null);

            /** InfoResponse runningJobs */
            runningJobs?: (number|null);

            /** InfoResponse tenant */
            tenant?: (string|null);

            /** InfoResponse role */
            role?: (string|null);

            /** InfoResponse agentCertificateExpiresAt */
            agentCertificateExpiresAt?: (google.protobuf.Timestamp|null);

            /** InfoResponse clientCertificateExpiresAt */
            clientCertificateExpiresAt?: (google.protobuf.Timestamp|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an InfoResponse. */
        type $Shape = job_runner.InfoResponse.$Properties;
    }
}

/** Namespace google. */
export namespace google {

    /** Namespace protobuf. */
    namespace protobuf {

        /**
         * Properties of a Duration.
         * @deprecated Use google.protobuf.Duration.$Properties instead.
         */
        interface IDuration extends google.protobuf.Duration.$Properties {
        }

        /** Represents a Duration. */
        class Duration {

            /**
             * Constructs a new Duration.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Duration.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Duration seconds. */
            seconds: number;

            /** Duration nanos. */
            nanos: number;

            /**
             * Encodes the specified Duration message. Does not implicitly {@link google.protobuf.Duration.verify|verify} messages.
             * @param message Duration message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Duration, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Duration message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Duration & google.protobuf.Duration.$Shape} Duration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Duration & google.protobuf.Duration.$Shape;
        }

        namespace Duration {

            /** Properties of a Duration. */
            interface $Properties {

                /** Duration seconds */
                seconds?: (number|null);

                /** Duration nanos */
                nanos?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Duration. */
            type $Shape = google.protobuf.Duration.$Properties;
        }

        /**
         * Properties of a Timestamp.
         * @deprecated Use google.protobuf.Timestamp.$Properties instead.
         */
        interface ITimestamp extends google.protobuf.Timestamp.$Properties {
        }

        /** Represents a Timestamp. */
        class Timestamp {

            /**
             * Constructs a new Timestamp.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Timestamp.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Timestamp seconds. */
            seconds: number;

            /** Timestamp nanos. */
            nanos: number;

            /**
             * Encodes the specified Timestamp message. Does not implicitly {@link google.protobuf.Timestamp.verify|verify} messages.
             * @param message Timestamp message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Timestamp, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Timestamp message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape} Timestamp
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape;
        }

        namespace Timestamp {

            /** Properties of a Timestamp. */
            interface $Properties {

                /** Timestamp seconds */
                seconds?: (number|null);

                /** Timestamp nanos */
                nanos?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Timestamp. */
            type $Shape = google.protobuf.Timestamp.$Properties;
        }
    }
}
