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
        SUCCEEDED = 2,

        /** PENDING value */
        PENDING = 3
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
        REASON_LOST = 7,

        /** REASON_LEASE_EXPIRED value */
        REASON_LEASE_EXPIRED = 8
    }

    /** KillMode enum. */
    enum KillMode {

        /** KILL_MODE_MAIN value */
        KILL_MODE_MAIN = 0,

        /** KILL_MODE_ALL value */
        KILL_MODE_ALL = 1
    }

    /** IfExists enum. */
    enum IfExists {

        /** IF_EXISTS_FAIL value */
        IF_EXISTS_FAIL = 0,

        /** IF_EXISTS_ATTACH value */
        IF_EXISTS_ATTACH = 1,

        /** IF_EXISTS_REPLACE value */
        IF_EXISTS_REPLACE = 2
    }

    /** OutputMode enum. */
    enum OutputMode {

        /** OUTPUT_COMBINED value */
        OUTPUT_COMBINED = 0,

        /** OUTPUT_SPLIT value */
        OUTPUT_SPLIT = 1
    }

    /** LogStream enum. */
    enum LogStream {

        /** LOG_STREAM_ALL value */
        LOG_STREAM_ALL = 0,

        /** LOG_STREAM_STDOUT value */
        LOG_STREAM_STDOUT = 1,

        /** LOG_STREAM_STDERR value */
        LOG_STREAM_STDERR = 2
    }

    /** LogEncoding enum. */
    enum LogEncoding {

        /** LOG_ENCODING_PLAIN value */
        LOG_ENCODING_PLAIN = 0,

        /** LOG_ENCODING_ZSTD value */
        LOG_ENCODING_ZSTD = 1
    }

    /**
     * Properties of a Resources.
     * @deprecated Use job_runner.Resources.$Properties instead.
     */
    interface IResources extends job_runner.Resources.$Properties {
    }

    /** Represents a Resources. */
    class Resources {

        /**
         * Constructs a new Resources.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.Resources.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Resources cpuCores. */
        cpuCores: number;

        /** Resources memoryBytes. */
        memoryBytes: number;

        /** Resources pids. */
        pids: number;

        /** Resources ioReadBytesPerSecond. */
        ioReadBytesPerSecond: number;

        /** Resources ioWriteBytesPerSecond. */
        ioWriteBytesPerSecond: number;

        /** Resources ioReadOpsPerSecond. */
        ioReadOpsPerSecond: number;

        /** Resources ioWriteOpsPerSecond. */
        ioWriteOpsPerSecond: number;

        /** Resources ioDevice. */
        ioDevice: string;

        /** Resources openFiles. */
        openFiles: number;

        /**
         * Encodes the specified Resources message. Does not implicitly {@link job_runner.Resources.verify|verify} messages.
         * @param message Resources message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.Resources, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Resources message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.Resources & job_runner.Resources.$Shape} Resources
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.Resources & job_runner.Resources.$Shape;
    }

    namespace Resources {

        /** Properties of a Resources. */
        interface $Properties {

            /** Resources cpuCores */
            cpuCores?: (number|null);

            /** Resources memoryBytes */
            memoryBytes?: (number|null);

            /** Resources pids */
            pids?: (number|null);

            /** Resources ioReadBytesPerSecond */
            ioReadBytesPerSecond?: (number|null);

            /** Resources ioWriteBytesPerSecond */
            ioWriteBytesPerSecond?: (number|null);

            /** Resources ioReadOpsPerSecond */
            ioReadOpsPerSecond?: (number|null);

            /** Resources ioWriteOpsPerSecond */
            ioWriteOpsPerSecond?: (number|null);

            /** Resources ioDevice */
            ioDevice?: (string|null);

            /** Resources openFiles */
            openFiles?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Resources. */
        type $Shape = job_runner.Resources.$Properties;
    }

    /**
     * Properties of a Pressure.
     * @deprecated Use job_runner.Pressure.$Properties instead.
     */
    interface IPressure extends job_runner.Pressure.$Properties {
    }

    /** Represents a Pressure. */
    class Pressure {

        /**
         * Constructs a new Pressure.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.Pressure.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Pressure someAvg10. */
        someAvg10: number;

        /** Pressure someTotalMs. */
        someTotalMs: number;

        /**
         * Encodes the specified Pressure message. Does not implicitly {@link job_runner.Pressure.verify|verify} messages.
         * @param message Pressure message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.Pressure, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Pressure message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.Pressure & job_runner.Pressure.$Shape} Pressure
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.Pressure & job_runner.Pressure.$Shape;
    }

    namespace Pressure {

        /** Properties of a Pressure. */
        interface $Properties {

            /** Pressure someAvg10 */
            someAvg10?: (number|null);

            /** Pressure someTotalMs */
            someTotalMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Pressure. */
        type $Shape = job_runner.Pressure.$Properties;
    }

    /**
     * Properties of a Usage.
     * @deprecated Use job_runner.Usage.$Properties instead.
     */
    interface IUsage extends job_runner.Usage.$Properties {
    }

    /** Represents a Usage. */
    class Usage {

        /**
         * Constructs a new Usage.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.Usage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Usage cpuMs. */
        cpuMs?: (number|null);

        /** Usage userMs. */
        userMs?: (number|null);

        /** Usage systemMs. */
        systemMs?: (number|null);

        /** Usage throttledMs. */
        throttledMs?: (number|null);

        /** Usage memoryBytes. */
        memoryBytes?: (number|null);

        /** Usage memoryPeakBytes. */
        memoryPeakBytes?: (number|null);

        /** Usage ioReadBytes. */
        ioReadBytes?: (number|null);

        /** Usage ioWriteBytes. */
        ioWriteBytes?: (number|null);

        /** Usage processes. */
        processes?: (number|null);

        /** Usage oomKills. */
        oomKills?: (number|null);

        /** Usage cpuPressure. */
        cpuPressure?: (job_runner.Pressure|null);

        /** Usage memoryPressure. */
        memoryPressure?: (job_runner.Pressure|null);

        /** Usage ioPressure. */
        ioPressure?: (job_runner.Pressure|null);

        /**
         * Encodes the specified Usage message. Does not implicitly {@link job_runner.Usage.verify|verify} messages.
         * @param message Usage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.Usage, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Usage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.Usage & job_runner.Usage.$Shape} Usage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.Usage & job_runner.Usage.$Shape;
    }

    namespace Usage {

        /** Properties of a Usage. */
        interface $Properties {

            /** Usage cpuMs */
            cpuMs?: (number|null);

            /** Usage userMs */
            userMs?: (number|null);

            /** Usage systemMs */
            systemMs?: (number|null);

            /** Usage throttledMs */
            throttledMs?: (number|null);

            /** Usage memoryBytes */
            memoryBytes?: (number|null);

            /** Usage memoryPeakBytes */
            memoryPeakBytes?: (number|null);

            /** Usage ioReadBytes */
            ioReadBytes?: (number|null);

            /** Usage ioWriteBytes */
            ioWriteBytes?: (number|null);

            /** Usage processes */
            processes?: (number|null);

            /** Usage oomKills */
            oomKills?: (number|null);

            /** Usage cpuPressure */
            cpuPressure?: (job_runner.Pressure|null);

            /** Usage memoryPressure */
            memoryPressure?: (job_runner.Pressure|null);

            /** Usage ioPressure */
            ioPressure?: (job_runner.Pressure|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Usage. */
        type $Shape = job_runner.Usage.$Properties;
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

        /** RunRequest generateName. */
        generateName: boolean;

        /** RunRequest labels. */
        labels: { [k: string]: string };

        /** RunRequest timeout. */
        timeout?: (google.protobuf.Duration|null);

        /** RunRequest resources. */
        resources?: (job_runner.Resources|null);

        /** RunRequest killMode. */
        killMode: job_runner.KillMode;

        /** RunRequest ifExists. */
        ifExists: job_runner.IfExists;

        /** RunRequest requestId. */
        requestId: string;

        /** RunRequest validateOnly. */
        validateOnly: boolean;

        /** RunRequest user. */
        user: string;

        /** RunRequest outputMode. */
        outputMode: job_runner.OutputMode;

        /** RunRequest maxLogBytes. */
        maxLogBytes: number;

        /** RunRequest isolate. */
        isolate: boolean;

        /** RunRequest fleet. */
        fleet?: (job_runner.FleetPlacement|null);

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

            /** RunRequest generateName */
            generateName?: (boolean|null);

            /** RunRequest labels */
            labels?: ({ [k: string]: string }|null);

            /** RunRequest timeout */
            timeout?: (google.protobuf.Duration|null);

            /** RunRequest resources */
            resources?: (job_runner.Resources|null);

            /** RunRequest killMode */
            killMode?: (job_runner.KillMode|null);

            /** RunRequest ifExists */
            ifExists?: (job_runner.IfExists|null);

            /** RunRequest requestId */
            requestId?: (string|null);

            /** RunRequest validateOnly */
            validateOnly?: (boolean|null);

            /** RunRequest user */
            user?: (string|null);

            /** RunRequest outputMode */
            outputMode?: (job_runner.OutputMode|null);

            /** RunRequest maxLogBytes */
            maxLogBytes?: (number|null);

            /** RunRequest isolate */
            isolate?: (boolean|null);

            /** RunRequest fleet */
            fleet?: (job_runner.FleetPlacement|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RunRequest. */
        type $Shape = job_runner.RunRequest.$Properties;
    }

    /**
     * Properties of a FleetPlacement.
     * @deprecated Use job_runner.FleetPlacement.$Properties instead.
     */
    interface IFleetPlacement extends job_runner.FleetPlacement.$Properties {
    }

    /** Represents a FleetPlacement. */
    class FleetPlacement {

        /**
         * Constructs a new FleetPlacement.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetPlacement.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetPlacement pool. */
        pool: string;

        /** FleetPlacement prefer. */
        prefer: { [k: string]: string };

        /** FleetPlacement retry. */
        retry: number;

        /**
         * Encodes the specified FleetPlacement message. Does not implicitly {@link job_runner.FleetPlacement.verify|verify} messages.
         * @param message FleetPlacement message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetPlacement, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetPlacement message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetPlacement & job_runner.FleetPlacement.$Shape} FleetPlacement
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetPlacement & job_runner.FleetPlacement.$Shape;
    }

    namespace FleetPlacement {

        /** Properties of a FleetPlacement. */
        interface $Properties {

            /** FleetPlacement pool */
            pool?: (string|null);

            /** FleetPlacement prefer */
            prefer?: ({ [k: string]: string }|null);

            /** FleetPlacement retry */
            retry?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetPlacement. */
        type $Shape = job_runner.FleetPlacement.$Properties;
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

        /** RunResponse existing. */
        existing: boolean;

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

            /** RunResponse existing */
            existing?: (boolean|null);

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

        /** GetResponse labels. */
        labels: { [k: string]: string };

        /** GetResponse killMode. */
        killMode: job_runner.KillMode;

        /** GetResponse timeoutAt. */
        timeoutAt?: (google.protobuf.Timestamp|null);

        /** GetResponse resources. */
        resources?: (job_runner.Resources|null);

        /** GetResponse resourcesInEffect. */
        resourcesInEffect?: (job_runner.Resources|null);

        /** GetResponse usage. */
        usage?: (job_runner.Usage|null);

        /** GetResponse outputMode. */
        outputMode: job_runner.OutputMode;

        /** GetResponse maxLogBytes. */
        maxLogBytes: number;

        /** GetResponse logDiscardedBytes. */
        logDiscardedBytes: number;

        /** GetResponse isolated. */
        isolated: boolean;

        /** GetResponse user. */
        user: string;

        /** GetResponse fleet. */
        fleet?: (job_runner.FleetState|null);

        /** GetResponse message. */
        message: string;

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

            /** GetResponse labels */
            labels?: ({ [k: string]: string }|null);

            /** GetResponse killMode */
            killMode?: (job_runner.KillMode|null);

            /** GetResponse timeoutAt */
            timeoutAt?: (google.protobuf.Timestamp|null);

            /** GetResponse resources */
            resources?: (job_runner.Resources|null);

            /** GetResponse resourcesInEffect */
            resourcesInEffect?: (job_runner.Resources|null);

            /** GetResponse usage */
            usage?: (job_runner.Usage|null);

            /** GetResponse outputMode */
            outputMode?: (job_runner.OutputMode|null);

            /** GetResponse maxLogBytes */
            maxLogBytes?: (number|null);

            /** GetResponse logDiscardedBytes */
            logDiscardedBytes?: (number|null);

            /** GetResponse isolated */
            isolated?: (boolean|null);

            /** GetResponse user */
            user?: (string|null);

            /** GetResponse fleet */
            fleet?: (job_runner.FleetState|null);

            /** GetResponse message */
            message?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GetResponse. */
        type $Shape = job_runner.GetResponse.$Properties;
    }

    /**
     * Properties of a FleetState.
     * @deprecated Use job_runner.FleetState.$Properties instead.
     */
    interface IFleetState extends job_runner.FleetState.$Properties {
    }

    /** Represents a FleetState. */
    class FleetState {

        /**
         * Constructs a new FleetState.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetState.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetState pool. */
        pool: string;

        /** FleetState agent. */
        agent: string;

        /** FleetState attempt. */
        attempt: number;

        /** FleetState fence. */
        fence: number;

        /** FleetState retry. */
        retry: number;

        /** FleetState queuedAt. */
        queuedAt?: (google.protobuf.Timestamp|null);

        /**
         * Encodes the specified FleetState message. Does not implicitly {@link job_runner.FleetState.verify|verify} messages.
         * @param message FleetState message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetState, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetState message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetState & job_runner.FleetState.$Shape} FleetState
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetState & job_runner.FleetState.$Shape;
    }

    namespace FleetState {

        /** Properties of a FleetState. */
        interface $Properties {

            /** FleetState pool */
            pool?: (string|null);

            /** FleetState agent */
            agent?: (string|null);

            /** FleetState attempt */
            attempt?: (number|null);

            /** FleetState fence */
            fence?: (number|null);

            /** FleetState retry */
            retry?: (number|null);

            /** FleetState queuedAt */
            queuedAt?: (google.protobuf.Timestamp|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetState. */
        type $Shape = job_runner.FleetState.$Properties;
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

        /** StreamLogsRequest stream. */
        stream: job_runner.LogStream;

        /** StreamLogsRequest stderrOffset. */
        stderrOffset: number;

        /** StreamLogsRequest tailLines. */
        tailLines?: (number|null);

        /** StreamLogsRequest since. */
        since?: (google.protobuf.Timestamp|null);

        /** StreamLogsRequest until. */
        until?: (google.protobuf.Timestamp|null);

        /** StreamLogsRequest timestamps. */
        timestamps: boolean;

        /** StreamLogsRequest acceptZstd. */
        acceptZstd: boolean;

        /** StreamLogsRequest cuts. */
        cuts?: (number|null);

        /** StreamLogsRequest stderrCuts. */
        stderrCuts?: (number|null);

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

            /** StreamLogsRequest stream */
            stream?: (job_runner.LogStream|null);

            /** StreamLogsRequest stderrOffset */
            stderrOffset?: (number|null);

            /** StreamLogsRequest tailLines */
            tailLines?: (number|null);

            /** StreamLogsRequest since */
            since?: (google.protobuf.Timestamp|null);

            /** StreamLogsRequest until */
            until?: (google.protobuf.Timestamp|null);

            /** StreamLogsRequest timestamps */
            timestamps?: (boolean|null);

            /** StreamLogsRequest acceptZstd */
            acceptZstd?: (boolean|null);

            /** StreamLogsRequest cuts */
            cuts?: (number|null);

            /** StreamLogsRequest stderrCuts */
            stderrCuts?: (number|null);

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

        /** StreamLogsResponse stream. */
        stream: job_runner.LogStream;

        /** StreamLogsResponse time. */
        time?: (google.protobuf.Timestamp|null);

        /** StreamLogsResponse discardedBytes. */
        discardedBytes: number;

        /** StreamLogsResponse truncated. */
        truncated: boolean;

        /** StreamLogsResponse encoding. */
        encoding: job_runner.LogEncoding;

        /** StreamLogsResponse unpackedBytes. */
        unpackedBytes: number;

        /** StreamLogsResponse cuts. */
        cuts: number;

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

            /** StreamLogsResponse stream */
            stream?: (job_runner.LogStream|null);

            /** StreamLogsResponse time */
            time?: (google.protobuf.Timestamp|null);

            /** StreamLogsResponse discardedBytes */
            discardedBytes?: (number|null);

            /** StreamLogsResponse truncated */
            truncated?: (boolean|null);

            /** StreamLogsResponse encoding */
            encoding?: (job_runner.LogEncoding|null);

            /** StreamLogsResponse unpackedBytes */
            unpackedBytes?: (number|null);

            /** StreamLogsResponse cuts */
            cuts?: (number|null);

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

        /** ListRequest labels. */
        labels: { [k: string]: string };

        /** ListRequest namePrefix. */
        namePrefix: string;

        /** ListRequest fleet. */
        fleet: boolean;

        /** ListRequest pool. */
        pool: string;

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

            /** ListRequest labels */
            labels?: ({ [k: string]: string }|null);

            /** ListRequest namePrefix */
            namePrefix?: (string|null);

            /** ListRequest fleet */
            fleet?: (boolean|null);

            /** ListRequest pool */
            pool?: (string|null);

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
     * Properties of a SignalRequest.
     * @deprecated Use job_runner.SignalRequest.$Properties instead.
     */
    interface ISignalRequest extends job_runner.SignalRequest.$Properties {
    }

    /** Represents a SignalRequest. */
    class SignalRequest {

        /**
         * Constructs a new SignalRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.SignalRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SignalRequest name. */
        name: string;

        /** SignalRequest jobId. */
        jobId: string;

        /** SignalRequest signal. */
        signal: string;

        /** SignalRequest all. */
        all: boolean;

        /**
         * Encodes the specified SignalRequest message. Does not implicitly {@link job_runner.SignalRequest.verify|verify} messages.
         * @param message SignalRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.SignalRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SignalRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.SignalRequest & job_runner.SignalRequest.$Shape} SignalRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.SignalRequest & job_runner.SignalRequest.$Shape;
    }

    namespace SignalRequest {

        /** Properties of a SignalRequest. */
        interface $Properties {

            /** SignalRequest name */
            name?: (string|null);

            /** SignalRequest jobId */
            jobId?: (string|null);

            /** SignalRequest signal */
            signal?: (string|null);

            /** SignalRequest all */
            all?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SignalRequest. */
        type $Shape = job_runner.SignalRequest.$Properties;
    }

    /**
     * Properties of a SignalResponse.
     * @deprecated Use job_runner.SignalResponse.$Properties instead.
     */
    interface ISignalResponse extends job_runner.SignalResponse.$Properties {
    }

    /** Represents a SignalResponse. */
    class SignalResponse {

        /**
         * Constructs a new SignalResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.SignalResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Encodes the specified SignalResponse message. Does not implicitly {@link job_runner.SignalResponse.verify|verify} messages.
         * @param message SignalResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.SignalResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SignalResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.SignalResponse & job_runner.SignalResponse.$Shape} SignalResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.SignalResponse & job_runner.SignalResponse.$Shape;
    }

    namespace SignalResponse {

        /** Properties of a SignalResponse. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SignalResponse. */
        type $Shape = job_runner.SignalResponse.$Properties;
    }

    /**
     * Properties of a RemoveRequest.
     * @deprecated Use job_runner.RemoveRequest.$Properties instead.
     */
    interface IRemoveRequest extends job_runner.RemoveRequest.$Properties {
    }

    /** Represents a RemoveRequest. */
    class RemoveRequest {

        /**
         * Constructs a new RemoveRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.RemoveRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RemoveRequest name. */
        name: string;

        /** RemoveRequest jobId. */
        jobId: string;

        /**
         * Encodes the specified RemoveRequest message. Does not implicitly {@link job_runner.RemoveRequest.verify|verify} messages.
         * @param message RemoveRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.RemoveRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RemoveRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.RemoveRequest & job_runner.RemoveRequest.$Shape} RemoveRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.RemoveRequest & job_runner.RemoveRequest.$Shape;
    }

    namespace RemoveRequest {

        /** Properties of a RemoveRequest. */
        interface $Properties {

            /** RemoveRequest name */
            name?: (string|null);

            /** RemoveRequest jobId */
            jobId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RemoveRequest. */
        type $Shape = job_runner.RemoveRequest.$Properties;
    }

    /**
     * Properties of a RemoveResponse.
     * @deprecated Use job_runner.RemoveResponse.$Properties instead.
     */
    interface IRemoveResponse extends job_runner.RemoveResponse.$Properties {
    }

    /** Represents a RemoveResponse. */
    class RemoveResponse {

        /**
         * Constructs a new RemoveResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.RemoveResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Encodes the specified RemoveResponse message. Does not implicitly {@link job_runner.RemoveResponse.verify|verify} messages.
         * @param message RemoveResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.RemoveResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RemoveResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.RemoveResponse & job_runner.RemoveResponse.$Shape} RemoveResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.RemoveResponse & job_runner.RemoveResponse.$Shape;
    }

    namespace RemoveResponse {

        /** Properties of a RemoveResponse. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RemoveResponse. */
        type $Shape = job_runner.RemoveResponse.$Properties;
    }

    /**
     * Properties of a StatsRequest.
     * @deprecated Use job_runner.StatsRequest.$Properties instead.
     */
    interface IStatsRequest extends job_runner.StatsRequest.$Properties {
    }

    /** Represents a StatsRequest. */
    class StatsRequest {

        /**
         * Constructs a new StatsRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.StatsRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StatsRequest name. */
        name: string;

        /** StatsRequest jobId. */
        jobId: string;

        /** StatsRequest interval. */
        interval?: (google.protobuf.Duration|null);

        /**
         * Encodes the specified StatsRequest message. Does not implicitly {@link job_runner.StatsRequest.verify|verify} messages.
         * @param message StatsRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.StatsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StatsRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.StatsRequest & job_runner.StatsRequest.$Shape} StatsRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.StatsRequest & job_runner.StatsRequest.$Shape;
    }

    namespace StatsRequest {

        /** Properties of a StatsRequest. */
        interface $Properties {

            /** StatsRequest name */
            name?: (string|null);

            /** StatsRequest jobId */
            jobId?: (string|null);

            /** StatsRequest interval */
            interval?: (google.protobuf.Duration|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StatsRequest. */
        type $Shape = job_runner.StatsRequest.$Properties;
    }

    /**
     * Properties of a JobStats.
     * @deprecated Use job_runner.JobStats.$Properties instead.
     */
    interface IJobStats extends job_runner.JobStats.$Properties {
    }

    /** Represents a JobStats. */
    class JobStats {

        /**
         * Constructs a new JobStats.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.JobStats.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobStats id. */
        id: string;

        /** JobStats name. */
        name: string;

        /** JobStats createdBy. */
        createdBy: string;

        /** JobStats startedAt. */
        startedAt?: (google.protobuf.Timestamp|null);

        /** JobStats time. */
        time?: (google.protobuf.Timestamp|null);

        /** JobStats resourcesInEffect. */
        resourcesInEffect?: (job_runner.Resources|null);

        /** JobStats usage. */
        usage?: (job_runner.Usage|null);

        /**
         * Encodes the specified JobStats message. Does not implicitly {@link job_runner.JobStats.verify|verify} messages.
         * @param message JobStats message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.JobStats, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobStats message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.JobStats & job_runner.JobStats.$Shape} JobStats
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.JobStats & job_runner.JobStats.$Shape;
    }

    namespace JobStats {

        /** Properties of a JobStats. */
        interface $Properties {

            /** JobStats id */
            id?: (string|null);

            /** JobStats name */
            name?: (string|null);

            /** JobStats createdBy */
            createdBy?: (string|null);

            /** JobStats startedAt */
            startedAt?: (google.protobuf.Timestamp|null);

            /** JobStats time */
            time?: (google.protobuf.Timestamp|null);

            /** JobStats resourcesInEffect */
            resourcesInEffect?: (job_runner.Resources|null);

            /** JobStats usage */
            usage?: (job_runner.Usage|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobStats. */
        type $Shape = job_runner.JobStats.$Properties;
    }

    /**
     * Properties of a StatsResponse.
     * @deprecated Use job_runner.StatsResponse.$Properties instead.
     */
    interface IStatsResponse extends job_runner.StatsResponse.$Properties {
    }

    /** Represents a StatsResponse. */
    class StatsResponse {

        /**
         * Constructs a new StatsResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.StatsResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StatsResponse jobs. */
        jobs: job_runner.JobStats[];

        /** StatsResponse endOfSample. */
        endOfSample: boolean;

        /**
         * Encodes the specified StatsResponse message. Does not implicitly {@link job_runner.StatsResponse.verify|verify} messages.
         * @param message StatsResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.StatsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StatsResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.StatsResponse & job_runner.StatsResponse.$Shape} StatsResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.StatsResponse & job_runner.StatsResponse.$Shape;
    }

    namespace StatsResponse {

        /** Properties of a StatsResponse. */
        interface $Properties {

            /** StatsResponse jobs */
            jobs?: (job_runner.JobStats[]|null);

            /** StatsResponse endOfSample */
            endOfSample?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StatsResponse. */
        type $Shape = job_runner.StatsResponse.$Properties;
    }

    /**
     * Properties of a WatchRequest.
     * @deprecated Use job_runner.WatchRequest.$Properties instead.
     */
    interface IWatchRequest extends job_runner.WatchRequest.$Properties {
    }

    /** Represents a WatchRequest. */
    class WatchRequest {

        /**
         * Constructs a new WatchRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.WatchRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WatchRequest sinceSequence. */
        sinceSequence?: (number|null);

        /** WatchRequest fleet. */
        fleet: boolean;

        /**
         * Encodes the specified WatchRequest message. Does not implicitly {@link job_runner.WatchRequest.verify|verify} messages.
         * @param message WatchRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.WatchRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WatchRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.WatchRequest & job_runner.WatchRequest.$Shape} WatchRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.WatchRequest & job_runner.WatchRequest.$Shape;
    }

    namespace WatchRequest {

        /** Properties of a WatchRequest. */
        interface $Properties {

            /** WatchRequest sinceSequence */
            sinceSequence?: (number|null);

            /** WatchRequest fleet */
            fleet?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WatchRequest. */
        type $Shape = job_runner.WatchRequest.$Properties;
    }

    /** EventType enum. */
    enum EventType {

        /** EVENT_NONE value */
        EVENT_NONE = 0,

        /** EVENT_STARTED value */
        EVENT_STARTED = 1,

        /** EVENT_ENDED value */
        EVENT_ENDED = 2,

        /** EVENT_REMOVED value */
        EVENT_REMOVED = 3,

        /** EVENT_QUEUED value */
        EVENT_QUEUED = 4
    }

    /**
     * Properties of a WatchResponse.
     * @deprecated Use job_runner.WatchResponse.$Properties instead.
     */
    interface IWatchResponse extends job_runner.WatchResponse.$Properties {
    }

    /** Represents a WatchResponse. */
    class WatchResponse {

        /**
         * Constructs a new WatchResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.WatchResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** WatchResponse sequence. */
        sequence: number;

        /** WatchResponse time. */
        time?: (google.protobuf.Timestamp|null);

        /** WatchResponse type. */
        type: job_runner.EventType;

        /** WatchResponse job. */
        job?: (job_runner.GetResponse|null);

        /**
         * Encodes the specified WatchResponse message. Does not implicitly {@link job_runner.WatchResponse.verify|verify} messages.
         * @param message WatchResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.WatchResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a WatchResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.WatchResponse & job_runner.WatchResponse.$Shape} WatchResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.WatchResponse & job_runner.WatchResponse.$Shape;
    }

    namespace WatchResponse {

        /** Properties of a WatchResponse. */
        interface $Properties {

            /** WatchResponse sequence */
            sequence?: (number|null);

            /** WatchResponse time */
            time?: (google.protobuf.Timestamp|null);

            /** WatchResponse type */
            type?: (job_runner.EventType|null);

            /** WatchResponse job */
            job?: (job_runner.GetResponse|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a WatchResponse. */
        type $Shape = job_runner.WatchResponse.$Properties;
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

        /** InfoResponse refusals. */
        refusals: { [k: string]: number };

        /** InfoResponse warnings. */
        warnings: string[];

        /** InfoResponse fleet. */
        fleet?: (job_runner.FleetMembership|null);

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

            /** InfoResponse refusals */
            refusals?: ({ [k: string]: number }|null);

            /** InfoResponse warnings */
            warnings?: (string[]|null);

            /** InfoResponse fleet */
            fleet?: (job_runner.FleetMembership|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an InfoResponse. */
        type $Shape = job_runner.InfoResponse.$Properties;
    }

    /**
     * Properties of a FleetMembership.
     * @deprecated Use job_runner.FleetMembership.$Properties instead.
     */
    interface IFleetMembership extends job_runner.FleetMembership.$Properties {
    }

    /** Represents a FleetMembership. */
    class FleetMembership {

        /**
         * Constructs a new FleetMembership.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetMembership.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetMembership agent. */
        agent: string;

        /** FleetMembership state. */
        state: job_runner.FleetAgentState;

        /** FleetMembership connected. */
        connected: boolean;

        /** FleetMembership runningJobs. */
        runningJobs: number;

        /**
         * Encodes the specified FleetMembership message. Does not implicitly {@link job_runner.FleetMembership.verify|verify} messages.
         * @param message FleetMembership message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetMembership, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetMembership message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetMembership & job_runner.FleetMembership.$Shape} FleetMembership
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetMembership & job_runner.FleetMembership.$Shape;
    }

    namespace FleetMembership {

        /** Properties of a FleetMembership. */
        interface $Properties {

            /** FleetMembership agent */
            agent?: (string|null);

            /** FleetMembership state */
            state?: (job_runner.FleetAgentState|null);

            /** FleetMembership connected */
            connected?: (boolean|null);

            /** FleetMembership runningJobs */
            runningJobs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetMembership. */
        type $Shape = job_runner.FleetMembership.$Properties;
    }

    /** FleetAgentState enum. */
    enum FleetAgentState {

        /** FLEET_AGENT_UP value */
        FLEET_AGENT_UP = 0,

        /** FLEET_AGENT_DRAINING value */
        FLEET_AGENT_DRAINING = 1,

        /** FLEET_AGENT_LOST value */
        FLEET_AGENT_LOST = 2
    }

    /**
     * Properties of a FleetAgentsRequest.
     * @deprecated Use job_runner.FleetAgentsRequest.$Properties instead.
     */
    interface IFleetAgentsRequest extends job_runner.FleetAgentsRequest.$Properties {
    }

    /** Represents a FleetAgentsRequest. */
    class FleetAgentsRequest {

        /**
         * Constructs a new FleetAgentsRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetAgentsRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetAgentsRequest pageSize. */
        pageSize: number;

        /** FleetAgentsRequest pageToken. */
        pageToken: string;

        /** FleetAgentsRequest pool. */
        pool: string;

        /**
         * Encodes the specified FleetAgentsRequest message. Does not implicitly {@link job_runner.FleetAgentsRequest.verify|verify} messages.
         * @param message FleetAgentsRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetAgentsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetAgentsRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetAgentsRequest & job_runner.FleetAgentsRequest.$Shape} FleetAgentsRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetAgentsRequest & job_runner.FleetAgentsRequest.$Shape;
    }

    namespace FleetAgentsRequest {

        /** Properties of a FleetAgentsRequest. */
        interface $Properties {

            /** FleetAgentsRequest pageSize */
            pageSize?: (number|null);

            /** FleetAgentsRequest pageToken */
            pageToken?: (string|null);

            /** FleetAgentsRequest pool */
            pool?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetAgentsRequest. */
        type $Shape = job_runner.FleetAgentsRequest.$Properties;
    }

    /**
     * Properties of a FleetAgentsResponse.
     * @deprecated Use job_runner.FleetAgentsResponse.$Properties instead.
     */
    interface IFleetAgentsResponse extends job_runner.FleetAgentsResponse.$Properties {
    }

    /** Represents a FleetAgentsResponse. */
    class FleetAgentsResponse {

        /**
         * Constructs a new FleetAgentsResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetAgentsResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetAgentsResponse agents. */
        agents: job_runner.FleetAgent[];

        /** FleetAgentsResponse nextPageToken. */
        nextPageToken: string;

        /**
         * Encodes the specified FleetAgentsResponse message. Does not implicitly {@link job_runner.FleetAgentsResponse.verify|verify} messages.
         * @param message FleetAgentsResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetAgentsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetAgentsResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetAgentsResponse & job_runner.FleetAgentsResponse.$Shape} FleetAgentsResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetAgentsResponse & job_runner.FleetAgentsResponse.$Shape;
    }

    namespace FleetAgentsResponse {

        /** Properties of a FleetAgentsResponse. */
        interface $Properties {

            /** FleetAgentsResponse agents */
            agents?: (job_runner.FleetAgent[]|null);

            /** FleetAgentsResponse nextPageToken */
            nextPageToken?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetAgentsResponse. */
        type $Shape = job_runner.FleetAgentsResponse.$Properties;
    }

    /**
     * Properties of a FleetAgent.
     * @deprecated Use job_runner.FleetAgent.$Properties instead.
     */
    interface IFleetAgent extends job_runner.FleetAgent.$Properties {
    }

    /** Represents a FleetAgent. */
    class FleetAgent {

        /**
         * Constructs a new FleetAgent.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetAgent.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetAgent name. */
        name: string;

        /** FleetAgent state. */
        state: job_runner.FleetAgentState;

        /** FleetAgent version. */
        version: string;

        /** FleetAgent hostname. */
        hostname: string;

        /** FleetAgent labels. */
        labels: { [k: string]: string };

        /** FleetAgent pools. */
        pools: job_runner.FleetAgentPool[];

        /** FleetAgent lastSeenAt. */
        lastSeenAt?: (google.protobuf.Timestamp|null);

        /**
         * Encodes the specified FleetAgent message. Does not implicitly {@link job_runner.FleetAgent.verify|verify} messages.
         * @param message FleetAgent message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetAgent, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetAgent message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetAgent & job_runner.FleetAgent.$Shape} FleetAgent
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetAgent & job_runner.FleetAgent.$Shape;
    }

    namespace FleetAgent {

        /** Properties of a FleetAgent. */
        interface $Properties {

            /** FleetAgent name */
            name?: (string|null);

            /** FleetAgent state */
            state?: (job_runner.FleetAgentState|null);

            /** FleetAgent version */
            version?: (string|null);

            /** FleetAgent hostname */
            hostname?: (string|null);

            /** FleetAgent labels */
            labels?: ({ [k: string]: string }|null);

            /** FleetAgent pools */
            pools?: (job_runner.FleetAgentPool[]|null);

            /** FleetAgent lastSeenAt */
            lastSeenAt?: (google.protobuf.Timestamp|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetAgent. */
        type $Shape = job_runner.FleetAgent.$Properties;
    }

    /**
     * Properties of a FleetAgentPool.
     * @deprecated Use job_runner.FleetAgentPool.$Properties instead.
     */
    interface IFleetAgentPool extends job_runner.FleetAgentPool.$Properties {
    }

    /** Represents a FleetAgentPool. */
    class FleetAgentPool {

        /**
         * Constructs a new FleetAgentPool.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetAgentPool.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetAgentPool pool. */
        pool: string;

        /** FleetAgentPool slots. */
        slots: number;

        /** FleetAgentPool running. */
        running: number;

        /** FleetAgentPool cpuCores. */
        cpuCores?: (number|null);

        /** FleetAgentPool freeCpuCores. */
        freeCpuCores?: (number|null);

        /** FleetAgentPool memoryBytes. */
        memoryBytes?: (number|null);

        /** FleetAgentPool freeMemoryBytes. */
        freeMemoryBytes?: (number|null);

        /**
         * Encodes the specified FleetAgentPool message. Does not implicitly {@link job_runner.FleetAgentPool.verify|verify} messages.
         * @param message FleetAgentPool message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetAgentPool, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetAgentPool message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetAgentPool & job_runner.FleetAgentPool.$Shape} FleetAgentPool
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetAgentPool & job_runner.FleetAgentPool.$Shape;
    }

    namespace FleetAgentPool {

        /** Properties of a FleetAgentPool. */
        interface $Properties {

            /** FleetAgentPool pool */
            pool?: (string|null);

            /** FleetAgentPool slots */
            slots?: (number|null);

            /** FleetAgentPool running */
            running?: (number|null);

            /** FleetAgentPool cpuCores */
            cpuCores?: (number|null);

            /** FleetAgentPool freeCpuCores */
            freeCpuCores?: (number|null);

            /** FleetAgentPool memoryBytes */
            memoryBytes?: (number|null);

            /** FleetAgentPool freeMemoryBytes */
            freeMemoryBytes?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetAgentPool. */
        type $Shape = job_runner.FleetAgentPool.$Properties;
    }

    /**
     * Properties of a FleetPoolsRequest.
     * @deprecated Use job_runner.FleetPoolsRequest.$Properties instead.
     */
    interface IFleetPoolsRequest extends job_runner.FleetPoolsRequest.$Properties {
    }

    /** Represents a FleetPoolsRequest. */
    class FleetPoolsRequest {

        /**
         * Constructs a new FleetPoolsRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetPoolsRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetPoolsRequest pageSize. */
        pageSize: number;

        /** FleetPoolsRequest pageToken. */
        pageToken: string;

        /**
         * Encodes the specified FleetPoolsRequest message. Does not implicitly {@link job_runner.FleetPoolsRequest.verify|verify} messages.
         * @param message FleetPoolsRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetPoolsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetPoolsRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetPoolsRequest & job_runner.FleetPoolsRequest.$Shape} FleetPoolsRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetPoolsRequest & job_runner.FleetPoolsRequest.$Shape;
    }

    namespace FleetPoolsRequest {

        /** Properties of a FleetPoolsRequest. */
        interface $Properties {

            /** FleetPoolsRequest pageSize */
            pageSize?: (number|null);

            /** FleetPoolsRequest pageToken */
            pageToken?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetPoolsRequest. */
        type $Shape = job_runner.FleetPoolsRequest.$Properties;
    }

    /**
     * Properties of a FleetPoolsResponse.
     * @deprecated Use job_runner.FleetPoolsResponse.$Properties instead.
     */
    interface IFleetPoolsResponse extends job_runner.FleetPoolsResponse.$Properties {
    }

    /** Represents a FleetPoolsResponse. */
    class FleetPoolsResponse {

        /**
         * Constructs a new FleetPoolsResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetPoolsResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetPoolsResponse pools. */
        pools: job_runner.FleetPool[];

        /** FleetPoolsResponse nextPageToken. */
        nextPageToken: string;

        /**
         * Encodes the specified FleetPoolsResponse message. Does not implicitly {@link job_runner.FleetPoolsResponse.verify|verify} messages.
         * @param message FleetPoolsResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetPoolsResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetPoolsResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetPoolsResponse & job_runner.FleetPoolsResponse.$Shape} FleetPoolsResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetPoolsResponse & job_runner.FleetPoolsResponse.$Shape;
    }

    namespace FleetPoolsResponse {

        /** Properties of a FleetPoolsResponse. */
        interface $Properties {

            /** FleetPoolsResponse pools */
            pools?: (job_runner.FleetPool[]|null);

            /** FleetPoolsResponse nextPageToken */
            nextPageToken?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetPoolsResponse. */
        type $Shape = job_runner.FleetPoolsResponse.$Properties;
    }

    /**
     * Properties of a FleetPool.
     * @deprecated Use job_runner.FleetPool.$Properties instead.
     */
    interface IFleetPool extends job_runner.FleetPool.$Properties {
    }

    /** Represents a FleetPool. */
    class FleetPool {

        /**
         * Constructs a new FleetPool.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.FleetPool.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** FleetPool name. */
        name: string;

        /** FleetPool agents. */
        agents: number;

        /** FleetPool slots. */
        slots: number;

        /** FleetPool running. */
        running: number;

        /** FleetPool queued. */
        queued: number;

        /** FleetPool oldestQueuedAt. */
        oldestQueuedAt?: (google.protobuf.Timestamp|null);

        /**
         * Encodes the specified FleetPool message. Does not implicitly {@link job_runner.FleetPool.verify|verify} messages.
         * @param message FleetPool message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.FleetPool, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a FleetPool message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.FleetPool & job_runner.FleetPool.$Shape} FleetPool
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.FleetPool & job_runner.FleetPool.$Shape;
    }

    namespace FleetPool {

        /** Properties of a FleetPool. */
        interface $Properties {

            /** FleetPool name */
            name?: (string|null);

            /** FleetPool agents */
            agents?: (number|null);

            /** FleetPool slots */
            slots?: (number|null);

            /** FleetPool running */
            running?: (number|null);

            /** FleetPool queued */
            queued?: (number|null);

            /** FleetPool oldestQueuedAt */
            oldestQueuedAt?: (google.protobuf.Timestamp|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a FleetPool. */
        type $Shape = job_runner.FleetPool.$Properties;
    }

    /**
     * Properties of a DrainRequest.
     * @deprecated Use job_runner.DrainRequest.$Properties instead.
     */
    interface IDrainRequest extends job_runner.DrainRequest.$Properties {
    }

    /** Represents a DrainRequest. */
    class DrainRequest {

        /**
         * Constructs a new DrainRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.DrainRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DrainRequest undo. */
        undo: boolean;

        /**
         * Encodes the specified DrainRequest message. Does not implicitly {@link job_runner.DrainRequest.verify|verify} messages.
         * @param message DrainRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.DrainRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DrainRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.DrainRequest & job_runner.DrainRequest.$Shape} DrainRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.DrainRequest & job_runner.DrainRequest.$Shape;
    }

    namespace DrainRequest {

        /** Properties of a DrainRequest. */
        interface $Properties {

            /** DrainRequest undo */
            undo?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DrainRequest. */
        type $Shape = job_runner.DrainRequest.$Properties;
    }

    /**
     * Properties of a DrainResponse.
     * @deprecated Use job_runner.DrainResponse.$Properties instead.
     */
    interface IDrainResponse extends job_runner.DrainResponse.$Properties {
    }

    /** Represents a DrainResponse. */
    class DrainResponse {

        /**
         * Constructs a new DrainResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.DrainResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DrainResponse runningJobs. */
        runningJobs: number;

        /**
         * Encodes the specified DrainResponse message. Does not implicitly {@link job_runner.DrainResponse.verify|verify} messages.
         * @param message DrainResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.DrainResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DrainResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.DrainResponse & job_runner.DrainResponse.$Shape} DrainResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.DrainResponse & job_runner.DrainResponse.$Shape;
    }

    namespace DrainResponse {

        /** Properties of a DrainResponse. */
        interface $Properties {

            /** DrainResponse runningJobs */
            runningJobs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DrainResponse. */
        type $Shape = job_runner.DrainResponse.$Properties;
    }

    /**
     * Properties of an AuditRequest.
     * @deprecated Use job_runner.AuditRequest.$Properties instead.
     */
    interface IAuditRequest extends job_runner.AuditRequest.$Properties {
    }

    /** Represents an AuditRequest. */
    class AuditRequest {

        /**
         * Constructs a new AuditRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.AuditRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AuditRequest since. */
        since?: (google.protobuf.Timestamp|null);

        /** AuditRequest until. */
        until?: (google.protobuf.Timestamp|null);

        /** AuditRequest tenant. */
        tenant: string;

        /** AuditRequest action. */
        action: string;

        /** AuditRequest jobName. */
        jobName: string;

        /** AuditRequest refusedOnly. */
        refusedOnly: boolean;

        /** AuditRequest pageSize. */
        pageSize: number;

        /** AuditRequest pageToken. */
        pageToken: string;

        /**
         * Encodes the specified AuditRequest message. Does not implicitly {@link job_runner.AuditRequest.verify|verify} messages.
         * @param message AuditRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.AuditRequest, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AuditRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.AuditRequest & job_runner.AuditRequest.$Shape} AuditRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.AuditRequest & job_runner.AuditRequest.$Shape;
    }

    namespace AuditRequest {

        /** Properties of an AuditRequest. */
        interface $Properties {

            /** AuditRequest since */
            since?: (google.protobuf.Timestamp|null);

            /** AuditRequest until */
            until?: (google.protobuf.Timestamp|null);

            /** AuditRequest tenant */
            tenant?: (string|null);

            /** AuditRequest action */
            action?: (string|null);

            /** AuditRequest jobName */
            jobName?: (string|null);

            /** AuditRequest refusedOnly */
            refusedOnly?: (boolean|null);

            /** AuditRequest pageSize */
            pageSize?: (number|null);

            /** AuditRequest pageToken */
            pageToken?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AuditRequest. */
        type $Shape = job_runner.AuditRequest.$Properties;
    }

    /**
     * Properties of an AuditEntry.
     * @deprecated Use job_runner.AuditEntry.$Properties instead.
     */
    interface IAuditEntry extends job_runner.AuditEntry.$Properties {
    }

    /** Represents an AuditEntry. */
    class AuditEntry {

        /**
         * Constructs a new AuditEntry.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.AuditEntry.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AuditEntry sequence. */
        sequence: number;

        /** AuditEntry time. */
        time?: (google.protobuf.Timestamp|null);

        /** AuditEntry tenant. */
        tenant: string;

        /** AuditEntry role. */
        role: string;

        /** AuditEntry fingerprint. */
        fingerprint: string;

        /** AuditEntry address. */
        address: string;

        /** AuditEntry action. */
        action: string;

        /** AuditEntry jobName. */
        jobName: string;

        /** AuditEntry jobId. */
        jobId: string;

        /** AuditEntry outcome. */
        outcome: string;

        /** AuditEntry detail. */
        detail: string;

        /**
         * Encodes the specified AuditEntry message. Does not implicitly {@link job_runner.AuditEntry.verify|verify} messages.
         * @param message AuditEntry message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.AuditEntry, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AuditEntry message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.AuditEntry & job_runner.AuditEntry.$Shape} AuditEntry
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.AuditEntry & job_runner.AuditEntry.$Shape;
    }

    namespace AuditEntry {

        /** Properties of an AuditEntry. */
        interface $Properties {

            /** AuditEntry sequence */
            sequence?: (number|null);

            /** AuditEntry time */
            time?: (google.protobuf.Timestamp|null);

            /** AuditEntry tenant */
            tenant?: (string|null);

            /** AuditEntry role */
            role?: (string|null);

            /** AuditEntry fingerprint */
            fingerprint?: (string|null);

            /** AuditEntry address */
            address?: (string|null);

            /** AuditEntry action */
            action?: (string|null);

            /** AuditEntry jobName */
            jobName?: (string|null);

            /** AuditEntry jobId */
            jobId?: (string|null);

            /** AuditEntry outcome */
            outcome?: (string|null);

            /** AuditEntry detail */
            detail?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AuditEntry. */
        type $Shape = job_runner.AuditEntry.$Properties;
    }

    /**
     * Properties of an AuditResponse.
     * @deprecated Use job_runner.AuditResponse.$Properties instead.
     */
    interface IAuditResponse extends job_runner.AuditResponse.$Properties {
    }

    /** Represents an AuditResponse. */
    class AuditResponse {

        /**
         * Constructs a new AuditResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: job_runner.AuditResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AuditResponse entries. */
        entries: job_runner.AuditEntry[];

        /** AuditResponse nextPageToken. */
        nextPageToken: string;

        /**
         * Encodes the specified AuditResponse message. Does not implicitly {@link job_runner.AuditResponse.verify|verify} messages.
         * @param message AuditResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: job_runner.AuditResponse, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AuditResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {job_runner.AuditResponse & job_runner.AuditResponse.$Shape} AuditResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): job_runner.AuditResponse & job_runner.AuditResponse.$Shape;
    }

    namespace AuditResponse {

        /** Properties of an AuditResponse. */
        interface $Properties {

            /** AuditResponse entries */
            entries?: (job_runner.AuditEntry[]|null);

            /** AuditResponse nextPageToken */
            nextPageToken?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AuditResponse. */
        type $Shape = job_runner.AuditResponse.$Properties;
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
