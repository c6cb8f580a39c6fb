using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<SharedServer>
{
    public const string Name = "postgresql";
}
