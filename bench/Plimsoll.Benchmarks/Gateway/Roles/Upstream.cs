using System.Globalization;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Serving;

namespace Plimsoll.Benchmarks.Gateway.Roles;

/// <summary>The provider: steady (the same bytes at once), or modelled with a first token and a speed.</summary>
internal sealed class Upstream : IDisposable
{
    private const long Plenty = 1_000_000_000;
    private readonly IDisposable server;

    private Upstream(IDisposable server, string baseUrl)
    {
        this.server = server;
        BaseUrl = baseUrl;
    }

    public string BaseUrl { get; }

    public static Upstream Start(BenchmarkOptions options)
    {
        ProviderOptions provider = ProviderOptions.Anthropic(new(Plenty, Plenty, Plenty));
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
            },
            TimeProvider.System);
        return new(modelled, modelled.BaseUrl);
    }

    public void Dispose() => server.Dispose();

    private static Spread Always(BenchmarkOptions options, string name, double otherwise) =>
        Spread.Always(double.Parse(options.Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture));
}
