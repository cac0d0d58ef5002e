using DualDb.Shapes;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Repositories.BadInput;

/// <summary>A key or value that no row can have is refused by every call, before anything is sent.</summary>
public sealed class BadCallTests(BadInputPlace place) : IClassFixture<BadInputPlace>
{
    public static IEnumerable<TheoryDataRow<Database, string>> Cases
        => from database in new[] { Database.Neon, Database.Supabase }
           from call in Of(database)
           select new TheoryDataRow<Database, string>(database, call.Name);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Is_refused(Database database, string name)
    {
        var call = Of(database).Single(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
        var rows = place.Place.RepositoryOf(call.RepositoryType);
        using var statements = StatementCounter.Start();

        var exception = await Assert.ThrowsAsync<InvalidEntityException>(() => call.CallAsync(rows, TestContext.Current.CancellationToken));

        Assert.Equal(0, statements.Count);
        Assert.Equal(call.Column, exception.Column);
        Refusal.AssertHelps(exception, call.Entity, database, call.Column);
    }

    private static IReadOnlyList<BadCall> Of(Database database) => database == Database.Neon ? Shapes.Neon.BadCalls.All : Shapes.Supabase.BadCalls.All;
}
