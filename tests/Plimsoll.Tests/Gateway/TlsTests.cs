using System.Net;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class TlsTests : IDisposable
{
    private const string Body = """{"model":"m","messages":[]}""";

    private readonly StillTime time = new();
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-tls-").FullName;

    [Fact]
    public async Task A_provider_whose_authority_is_in_the_ca_file_is_asked()
    {
        using TlsUpstream upstream = new("localhost");
        await using GatewayRig rig = await StartAsync(upstream, upstream.Authority);
        Assert.Equal("{\"ok\":true}", await rig.AnswerAsync("/v1/chat/completions", Body));
        Assert.Equal(1, upstream.Count);
    }

    [Theory]
    [InlineData("localhost", 2, false)] // nobody vouches for its authority
    [InlineData("other.example", 2, true)] // somebody else's certificate
    [InlineData("localhost", -1, true)] // it has ended
    public async Task A_provider_that_cannot_prove_who_it_is_gets_neither_request_nor_key(string name, int days, bool vouched)
    {
        using TlsUpstream upstream = new(name, days);
        using TlsUpstream another = new("localhost");
        await using GatewayRig rig = await StartAsync(upstream, vouched ? upstream.Authority : another.Authority);
        using HttpResponseMessage response = await time.LeapUntilAsync(rig.PostAsync("/v1/chat/completions", Body));
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(0, upstream.Count);
        Assert.Contains("could not be reached", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<GatewayRig> StartAsync(TlsUpstream upstream, string authority)
    {
        string file = Path.Combine(folder, "authorities.pem");
        File.WriteAllText(file, authority);
        return GatewayRig.StartAsync(upstream.BaseUrl, Kind.OpenAI, time, settings => GatewayRig.With(settings, provider => provider with { CaFile = file }));
    }
}
