using Plimsoll.Cli.Parsing;
using Plimsoll.Daemon.Requests;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class AddressTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("7", 7, null)]
    [InlineData("build", null, "build")]
    [InlineData("7/review[a.cs]", 7, "review[a.cs]")]
    [InlineData("/12", null, "12")]
    [InlineData("review[src/a.cs]", null, "review[src/a.cs]")]
    [InlineData("7/review[src/a.cs]", 7, "review[src/a.cs]")]
    [InlineData("99999999999", null, "99999999999")]
    public void Runs_and_tasks_are_told_apart(string? text, int? run, string? task) =>
        Assert.Equal(new TaskAddress(run, task), Address.Parse(text));
}
