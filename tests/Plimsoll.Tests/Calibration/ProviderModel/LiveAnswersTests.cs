using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Answers;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class LiveAnswersTests
{
    [Fact]
    public void One_more_than_may_be_answered_at_once_is_refused_until_one_has_ended()
    {
        ProviderAccount account = Two();
        Assert.Equal([200, 200, 429], new[] { 1, 2, 3 }.Select(request => account.Answer(Modelled.Message(request), Modelled.Start).Status));
        Assert.Equal(429, account.Answer(Modelled.Message(4), Modelled.At(1.99)).Status);
        Assert.Equal(200, account.Answer(Modelled.Message(5), Modelled.At(2)).Status);
    }

    [Fact]
    public void Who_hangs_up_makes_room_at_once()
    {
        ProviderAccount account = Two();
        AnswerPlan first = account.Answer(Modelled.Message(1), Modelled.Start);
        account.Answer(Modelled.Message(2), Modelled.Start);
        account.Abort(first, Modelled.At(0.5));
        Assert.Equal(200, account.Answer(Modelled.Message(3), Modelled.At(0.5)).Status);
    }

    [Fact]
    public void A_stalled_answer_holds_its_place_for_ever()
    {
        ProviderAccount account = Two(FaultKind.Stall, FaultKind.Silence);
        account.Answer(Modelled.Message(1), Modelled.Start);
        account.Answer(Modelled.Message(2), Modelled.Start);
        Assert.Equal(429, account.Answer(Modelled.Message(3), Modelled.At(86_400)).Status);
    }

    private static ProviderAccount Two(params FaultKind[] script) =>
        (ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().With(script) with { ConcurrentRequests = 2 }).Account();
}
