using System.Globalization;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;

namespace Plimsoll.Benchmarks.Gateway.Roles;

/// <summary>The provider: steady (the same bytes at once), or modelled with a first token, a speed and a limit on input.</summary>
internal sealed class Upstream : IDisposable
{
    private const int Plenty = 1_000_000_000;
    private readonly IDisposable server;

    private Upstream(IDisposable server, string baseUrl)
    {
        this.server = server;
        BaseUrl = baseUrl;
    }

    public string BaseUrl { get; }

    public static Upstream Start(BenchmarkOptions options)
    {
        ProviderOptions provider = ProviderOptions.Anthropic(new(Plenty, options.Count("itpm", Plenty), Plenty));
        if (options.Has("steady"))
        {
            SteadyServer steady = SteadyServer.Start(SteadyAnswer.Of(provider));
            return new(steady, steady.BaseUrl);
        }

        ProviderServer modelled = ProviderServer.Start(
            provider with
            {
                FirstTokenSeconds = Always(options, "first-token", 0.01),
                TokensPerSecond = Always(options, "speed", 50),
                OutputTokens = Always(options, "output", 100),
                TokensPerEvent = 5,
                Shape = new(TimeSpan.FromSeconds(options.Count("depth", 60)), Windowed: false, options.Has("debt") ? OversizePolicy.Debt : OversizePolicy.FullBucket),
            },
            TimeProvider.System);
        return new(modelled, modelled.BaseUrl);
    }

    /// <summary>Requests so far, those refused, input tokens charged.</summary>
    public string Look()
    {
        if (server is not ProviderServer modelled)
        {
            return "";
        }

        ServedReport report = modelled.Report();
        long charged = report.Dimensions.Where(dimension => dimension.Dimension == QuotaDimension.InputTokens).Sum(dimension => dimension.Charged);
        return string.Create(CultureInfo.InvariantCulture, $"{report.Requests} {report.RateLimited} {charged}");
    }

    public void Dispose() => server.Dispose();

    private static Spread Always(BenchmarkOptions options, string name, double otherwise) =>
        Spread.Always(double.Parse(options.Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture));
}
