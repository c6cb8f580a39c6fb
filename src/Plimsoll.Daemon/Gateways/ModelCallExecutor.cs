using System.Collections.Concurrent;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Engine.Processes;
using Plimsoll.Gateway.Callers;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Gateways;

/// <summary>Carries out <c>llm:</c> tasks: a model call without a process; the answer is the attempt's standard output.</summary>
/// <remarks>Each attempt gets exactly one AttemptEnded. There is nothing to re-adopt: after a crash the call is lost and made again.</remarks>
internal sealed class ModelCallExecutor(GatewayLink link, IInputSink sink, Action<Exception> failed) : IDisposable
{
    private const int Terminated = 15;

    private readonly ConcurrentDictionary<AttemptId, CancellationTokenSource> running = new();
    private readonly ConcurrentDictionary<AttemptId, Task> tasks = new();

    /// <summary>Begins a call; does not block.</summary>
    public void Start(LlmCall call, RenderedTask task, AttemptFiles files)
    {
        AttemptId attempt = call.Caller.Attempt!.Value;
        var cancellation = new CancellationTokenSource();
        running[attempt] = cancellation;
        tasks[attempt] = RunAsync(attempt, call, task, files, cancellation);
    }

    /// <summary>Gives a call up; harmless for an attempt that is none.</summary>
    public void Kill(AttemptId attempt)
    {
        if (running.TryGetValue(attempt, out CancellationTokenSource? cancellation))
        {
            try
            {
                cancellation.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended at this moment.
            }
        }
    }

    public void Dispose()
    {
        foreach (AttemptId attempt in running.Keys)
        {
            Kill(attempt);
        }

        Task.WaitAll([.. tasks.Values]);
    }

    private async Task RunAsync(AttemptId attempt, LlmCall call, RenderedTask task, AttemptFiles files, CancellationTokenSource cancellation)
    {
        // The loop that starts it goes on at once.
        await Task.Yield();
        ExitReport report;
        try
        {
            report = await CallAsync(call, task, files, cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            report = new ExitReport(null, Terminated, null, false, default, default, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report = ExitReport.NotStarted($"its answer cannot be kept: {error.Message}");
        }
        catch (Exception error)
        {
            failed(error);
            report = ExitReport.Lost;
        }

        running.TryRemove(attempt, out _);
        cancellation.Dispose();
        sink.Post(new AttemptEnded(attempt, report));
        tasks.TryRemove(attempt, out _);
    }

    private async Task<ExitReport> CallAsync(LlmCall call, RenderedTask task, AttemptFiles files, CancellationToken cancellationToken)
    {
        LlmAnswer answer = await link.CallAsync(call, cancellationToken);
        await WriteAsync(files.Output, answer.Text ?? "", CancellationToken.None);
        await WriteAsync(files.Error, answer.Error ?? "", CancellationToken.None);
        if (answer.Text is not { } text)
        {
            return ExitReport.Exited(1) with { Failure = answer.Error };
        }

        IReadOnlyDictionary<string, string>? outputs = ModelOutputs.Read(text, task.DeclaredOutputs, out string? refusal);
        return ExitReport.Exited(0) with { Outputs = outputs, OutputsError = refusal };
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
        if (text.Length > 0 && !text.EndsWith('\n'))
        {
            await writer.WriteAsync('\n');
        }
    }
}
