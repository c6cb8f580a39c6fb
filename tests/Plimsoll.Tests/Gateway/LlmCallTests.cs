using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Gateway.Callers;
using Plimsoll.Tests.Calibration.ProviderModel;
using Plimsoll.Tests.Support;
using Xunit;
using Kind = Plimsoll.Core.Providers.ProviderKind;

namespace Plimsoll.Tests.Gateway;

public sealed class LlmCallTests
{
    private static readonly LlmCall Question = new(GatewayRig.Someone, "large", "Say something.") { System = "Be short.", MaxTokens = 50 };

    [Theory]
    [InlineData(Kind.Anthropic)]
    [InlineData(Kind.OpenAI)]
    public async Task A_call_within_the_process_gets_text(Kind kind)
    {
        ProviderOptions options = kind == Kind.Anthropic ? ProviderOptions.Anthropic(new(1000)) : ProviderOptions.OpenAI(new(1000));
        using ProviderServer provider = ProviderServer.Start(options.Exact(), new LeapingTime());
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, kind, new StillTime());
        LlmAnswer answer = await rig.Host.CallAsync(Question, TestContext.Current.CancellationToken);
        Assert.Null(answer.Error);
        Assert.NotEmpty(answer.Text!);
        Assert.Equal("llm", (await rig.Calls.NextAsync()).Route);
    }

    [Fact]
    public async Task What_goes_wrong_is_a_value()
    {
        using ProviderServer provider = ProviderServer.Start(ProviderOptions.Anthropic(new(1000)).Exact().With(FaultKind.SpendLimit), new LeapingTime());
        await using GatewayRig rig = await GatewayRig.StartAsync(provider.BaseUrl, Kind.Anthropic, new StillTime());
        LlmAnswer answer = await rig.Host.CallAsync(Question, TestContext.Current.CancellationToken);
        Assert.Null(answer.Text);
        Assert.Contains("usage limits", answer.Error, StringComparison.Ordinal);
    }
}
