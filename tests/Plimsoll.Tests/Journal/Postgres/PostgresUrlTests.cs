using Plimsoll.Journal.Postgres;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

public sealed class PostgresUrlTests
{
    [Theory]
    [InlineData("postgres://me@one/db", "postgres://me@one:5432/db")]
    [InlineData("postgresql://me:secret@one:6000,two/db?schema=s&target_session_attrs=primary", "postgres://me@one:6000,two:5432/db?schema=s")]
    [InlineData("postgres://me:p@ss:w@rd@one/db", "postgres://me@one:5432/db")]
    [InlineData("postgres:///db?host=/run/postgresql&user=me&password=secret", "postgres://me@/run/postgresql:5432/db")]
    [InlineData("postgres://me@[::1]:7/db", "postgres://me@::1:7/db")]
    [InlineData("postgres://m%40e@one/d%2Fb", "postgres://m@e@one:5432/d/b")]
    [InlineData("postgres://me@one", "postgres://me@one:5432/me")]
    public void A_url_is_read_as_psql_reads_it_and_shown_without_its_password(string url, string shown)
    {
        (PostgresUrl? read, string? refusal) = PostgresUrl.Parse(url);
        Assert.Null(refusal);
        Assert.Equal(shown, read!.ToString());
    }

    [Fact]
    public void A_password_may_hold_any_character()
    {
        Assert.Equal("p@ss:w@rd", PostgresUrl.Parse("postgres://me:p@ss:w@rd@one/db").Url!.Password);
        Assert.Equal("p/?#", PostgresUrl.Parse("postgres://me:p%2F%3F%23@one/db").Url!.Password);
    }

    [Theory]
    [InlineData("mysql://one/db", "postgres://")]
    [InlineData("postgres://me:secret@one:x/db", "port 'x'")]
    [InlineData("postgres://me:secret@one:70000/db", "port '70000'")]
    [InlineData("postgres://me:secret@one,/db", "empty host")]
    [InlineData("postgres://me:secret@one/db?sslmod=disable", "'sslmod'")]
    [InlineData("postgres://me:secret@one/db?schema", "'schema'")]
    [InlineData("postgres://me:secret@one/db?sslmode=maybe", "sslmode=maybe")]
    public void A_wrong_url_is_refused_with_what_was_found_and_no_secret(string url, string found)
    {
        (PostgresUrl? read, string? refusal) = PostgresUrl.Parse(url);
        Assert.Null(read);
        Assert.Contains(found, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
    }
}
