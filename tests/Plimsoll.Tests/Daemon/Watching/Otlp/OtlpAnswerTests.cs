using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Plimsoll.Daemon.Watching.Otlp;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching.Otlp;

public sealed class OtlpAnswerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    [Theory]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(413, false)]
    [InlineData(429, true)]
    [InlineData(500, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    public void Only_what_the_protocol_names_is_tried_again(int status, bool again)
    {
        var answer = OtlpAnswer.Refused((HttpStatusCode)status, null, Now);
        Assert.Equal((false, again, null), (answer.Taken, answer.Again, answer.After));
        Assert.Equal($"it answered {status}", answer.Words);
    }

    [Fact]
    public void A_collector_says_when_in_seconds_or_as_a_date()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), OtlpAnswer.Refused(HttpStatusCode.TooManyRequests, RetryConditionHeaderValue.Parse("30"), Now).After);
        Assert.Equal(TimeSpan.FromMinutes(2), OtlpAnswer.Refused(HttpStatusCode.ServiceUnavailable, new RetryConditionHeaderValue(Now.AddMinutes(2)), Now).After);
    }

    [Theory]
    [InlineData("", 0, null)]
    [InlineData("{}", 0, null)]
    [InlineData("\u0001\u0002", 0, null)]
    [InlineData("[1]", 0, null)]
    [InlineData("""{"partialSuccess":{}}""", 0, null)]
    [InlineData("""{"partialSuccess":{"rejectedDataPoints":"12","errorMessage":"too old"}}""", 12, "too old")]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":3}}""", 3, null)]
    [InlineData("""{"partialSuccess":{"rejectedSpans":"many","errorMessage":7}}""", 0, null)]
    [InlineData("""{"partialSuccess":{"errorMessage":"use the other port"}}""", 0, "use the other port")]
    public void What_was_taken_is_taken_whatever_the_body_says(string body, long rejected, string? words)
    {
        var answer = OtlpAnswer.Accepted(Encoding.UTF8.GetBytes(body));
        Assert.Equal((true, rejected, words), (answer.Taken, answer.Rejected, answer.Words));
    }
}
