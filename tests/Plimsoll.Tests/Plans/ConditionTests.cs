using Plimsoll.Core.Lifecycle;
using Plimsoll.Plans;
using Plimsoll.Plans.Rendering;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("needs.b.n == 12", true)]
    [InlineData("needs.b.n == '12.0'", true)]
    [InlineData("needs.b.n > 9", true)]
    [InlineData("needs.b.n < 9", false)]
    [InlineData("needs.b.text == 'a b'", true)]
    [InlineData("needs.b.text > 1", false)]
    [InlineData("needs.b.outcome == 'failed'", true)]
    [InlineData("needs.b.outcome != 'succeeded' and needs.b.n >= 12", true)]
    [InlineData("not needs.b.n == 12 or x == \"v\"", true)]
    [InlineData("not (needs.b.n == 12 or x == 'v')", false)]
    [InlineData("needs.b.missing", false)]
    [InlineData("needs.b.missing == ''", true)]
    [InlineData("needs.b.no or false", false)]
    [InlineData("needs.b.injected == '{{x}}'", true)]
    public void A_condition_sees_outputs_outcomes_and_values(string when, bool expected)
    {
        CompiledPlan plan = PlanText.Good($"tasks:\n  b: {{run: ls}}\n  a:\n    after: [b]\n    matrix: {{x: [v]}}\n    run: ls\n    when: >-\n      {when}\n");
        PlanText.FakeValues values = new() { Outcomes = { ["b"] = TaskState.Failed } };
        foreach ((string key, string value) in new[] { ("n", "12"), ("text", "a b"), ("no", "0"), ("injected", "{{x}}") })
        {
            values.Outputs["b." + key] = value;
        }

        ConditionResult result = TaskRenderer.Create(plan.Document, "plimsoll").EvaluateCondition(1, "a[v]", values);
        Assert.Equal(expected, result.Holds);
        Assert.Equal(expected, result.Reason is null);
    }

    [Theory]
    [InlineData("needs.b.outcome == 'succeded'", "Did you mean succeeded?")]
    [InlineData("needs.b.outcome > 1", "has no order")]
    [InlineData("needs.b.x < 'text'", "compares numbers")]
    [InlineData("needs.b.x == ", "a value is missing")]
    [InlineData("needs.b.x && true", "Write and")]
    [InlineData("(needs.b.x", "a ) is missing")]
    [InlineData("needs.b.x needs.b.y", "goes on")]
    [InlineData("'open", "never closed")]
    [InlineData("needs.c.x", "does not need c")]
    [InlineData("nothing == 1", "has no value of this name")]
    public void A_wrong_condition_is_explained(string when, string expected) =>
        Assert.Contains(expected, PlanText.Single($"tasks:\n  b: {{run: ls}}\n  a:\n    needs: [b]\n    run: ls\n    when: >-\n      {when}\n").ToString(), StringComparison.Ordinal);
}
