using System.Globalization;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Serves the modelled provider for the command line.</summary>
public static class ProviderRuns
{
    /// <summary>Serves until it is cancelled.</summary>
    /// <param name="ready">Told once it listens.</param>
    public static async Task<Outcome<ProviderReportView>> RunAsync(
        ModelledProviderRequest request, TimeProvider time, Action<ProviderReadyView> ready, CancellationToken cancellationToken)
    {
        if (!ProviderOptionsReader.Read(request).TryGet(out ProviderOptions? options, out Refusal? refusal))
            return refusal;

        try
        {
            return request.Steady
                ? await ServeSteadyAsync(options, request, ready, time, cancellationToken)
                : await ServeAsync(options, request, ready, time, cancellationToken);
        }
        catch (Exception taken) when (taken is IOException or AggregateException { InnerException: IOException })
        {
            return new Refusal(ExitCode.Environment, $"cannot listen on port {request.Port.ToString(CultureInfo.InvariantCulture)}: it is taken", "choose another --port, or leave it out");
        }
    }

    private static async Task<ProviderReportView> ServeAsync(
        ProviderOptions options, ModelledProviderRequest request, Action<ProviderReadyView> ready, TimeProvider time, CancellationToken cancellationToken)
    {
        using ProviderServer server = ProviderServer.Start(options, time, request.Port);
        ready(new(server.BaseUrl, request.Kind, Environment.ProcessId));
        await UntilCancelledAsync(time, cancellationToken);
        return View(server.Report());
    }

    private static async Task<ProviderReportView> ServeSteadyAsync(
        ProviderOptions options, ModelledProviderRequest request, Action<ProviderReadyView> ready, TimeProvider time, CancellationToken cancellationToken)
    {
        using SteadyServer server = SteadyServer.Start(SteadyAnswer.Of(options), request.Port);
        ready(new(server.BaseUrl, request.Kind, Environment.ProcessId));
        await UntilCancelledAsync(time, cancellationToken);
        return new(server.Requests, 0, 0, 0, 0, null, []);
    }

    private static async Task UntilCancelledAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The end it was started for.
        }
    }

    private static ProviderReportView View(ServedReport report) => new(
        report.Requests,
        report.RateLimited,
        report.OtherErrors,
        report.Faults,
        report.Span.TotalSeconds,
        report.Dimensions is [var busiest, ..] ? busiest.Goodput : null,
        [.. report.Dimensions.Select(limit => new ProviderLimitView(limit.Model, Word(limit.Dimension), limit.Limit, limit.Charged, limit.Goodput))]);

    private static string Word(QuotaDimension dimension) => dimension switch
    {
        QuotaDimension.Requests => "rpm",
        QuotaDimension.InputTokens => "itpm",
        QuotaDimension.OutputTokens => "otpm",
        QuotaDimension.Tokens => "tpm",
        QuotaDimension.ProjectTokens => "project_tpm",
        _ => "rpd",
    };
}
