using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Repositories.BadInput;

/// <summary>A value that its column cannot hold is refused by every write, before anything is sent, and disturbs nothing.</summary>
public sealed class BadRowTests(BadInputPlace place) : IClassFixture<BadInputPlace>
{
    public static IEnumerable<TheoryDataRow<Database, string>> Cases
        => from database in new[] { Database.Neon, Database.Supabase }
           from mistake in Of(database)
           select new TheoryDataRow<Database, string>(database, mistake.Name);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Is_refused_alone(Database database, string mistake) => RunAsync(database, mistake, static attempt => attempt.AloneAsync());

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Is_refused_in_a_transaction_that_goes_on(Database database, string mistake)
        => RunAsync(database, mistake, static attempt => attempt.InTransactionAsync());

    private Task RunAsync(Database database, string name, Func<IBadRow, Task> run)
    {
        var mistake = Of(database).Single(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
        return run(mistake.Accept(new Binding(place.Place)));
    }

    private static IReadOnlyList<IMistake> Of(Database database) => database == Database.Neon ? Shapes.Neon.BadRows.All : Shapes.Supabase.BadRows.All;

    private sealed class Binding(Place place) : IMistakeVisitor<IBadRow>
    {
        public IBadRow Visit<TEntity, TKey, TTransaction>(Mistake<TEntity, TKey, TTransaction> mistake)
            where TEntity : class
            where TKey : notnull
            where TTransaction : DatabaseTransaction
            => new BadRow<TEntity, TKey, TTransaction>(mistake, place);
    }
}
