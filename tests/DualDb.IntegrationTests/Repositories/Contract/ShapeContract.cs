using System.Reflection;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Mapping;
using DualDb.Shapes;

namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>
/// What a repository promises, tried on the rows of one shape. The name of each operation is the name of its test.
/// </summary>
internal sealed partial class ShapeContract<TEntity, TKey, TTransaction> : IShapeContract
    where TEntity : class
    where TKey : notnull
    where TTransaction : DatabaseTransaction
{
    // More than once through the hostile values, and below the threshold of COPY.
    private const int Few = 13;

    // Above the threshold of COPY, and several statements where there is none.
    private const int Many = 2 * Place.CopyThreshold + 5;

    private readonly Shape<TEntity, TKey, TTransaction> _shape;
    private readonly Place _place;
    private readonly IRepository<TEntity, TKey, TTransaction> _rows;
    private readonly EntityInfo _info;
    private readonly Traits _traits = Traits.Of(typeof(TEntity));

    public ShapeContract(Shape<TEntity, TKey, TTransaction> shape, Place place)
    {
        _shape = shape;
        _place = place;
        _rows = (IRepository<TEntity, TKey, TTransaction>)place.RepositoryOf(shape.RepositoryType);
        _info = EntityFacts.Of(typeof(TEntity));
    }

    public async Task RunAsync(string operation)
    {
        await _place.ClearAsync(_info, _shape.Before);
        var method = GetType().GetMethod(operation) ?? throw new InvalidOperationException($"The contract has no {operation}.");
        await (Task)method.Invoke(this, BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, culture: null)!;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private List<TEntity> Make(int count, int first = 0) => [.. Enumerable.Range(first, count).Select(_shape.Make)];

    private List<TEntity> MakeWithKeys(int count, int first = 0) => [.. Enumerable.Range(first, count).Select(_shape.MakeWithKey)];

    private TKey Key(TEntity row) => _shape.KeyOf(row);

    private TKey MissingKey => Key(_shape.MakeWithKey(9_999));

    private async Task<TTransaction> BeginAsync() => (TTransaction)await _place.BeginAsync(_info.Database);

    // Null stands for no transaction in what the shapes offer.
    private async Task<TTransaction?> BeginIfPossibleAsync() => _place.UsesRest(_info.Database) ? null : await BeginAsync();

    private async Task<IReadOnlyList<TEntity>> InsertAsync(int count)
    {
        var stored = new List<TEntity>(count);
        foreach (var row in Make(count))
        {
            stored.Add(await _rows.InsertAsync(row, Token));
        }

        return stored;
    }

    private async Task<List<TEntity>> StreamAsync()
    {
        var rows = new List<TEntity>();
        await foreach (var row in _rows.StreamAsync(Token))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Every stored member is the same.</summary>
    private void AssertSame(TEntity expected, TEntity? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(Canonical.Row(expected, _traits.Stored), Canonical.Row(actual, _traits.Stored));
    }

    private void AssertSame(IEnumerable<TEntity> expected, IEnumerable<TEntity> actual)
        => Assert.Equal(Canonical.Rows(expected, _traits.Stored), Canonical.Rows(actual, _traits.Stored));

    /// <summary>The table holds exactly these rows, in whatever order.</summary>
    private async Task AssertHoldsAsync(IEnumerable<TEntity> expected)
    {
        string[] Sorted(IEnumerable<TEntity> rows)
            => [.. rows.Select(row => Canonical.Row(row, _traits.Stored)).Order(StringComparer.Ordinal)];
        Assert.Equal(Sorted(expected), Sorted(await StreamAsync()));
    }

    /// <summary>What the caller decided is as decided; what the database decides is there.</summary>
    private void AssertStored(TEntity given, TEntity stored, long version = 1)
    {
        Assert.Equal(Canonical.Row(given, _traits.Given), Canonical.Row(stored, _traits.Given));
        if (_traits.HasGeneratedKey)
        {
            Assert.NotEqual(default, Key(stored));
        }

        if (_traits.Version is not null)
        {
            Assert.Equal(version, _traits.VersionOf(stored));
        }

        foreach (var time in new[] { _traits.CreatedAt, _traits.UpdatedAt }.OfType<PropertyInfo>())
        {
            Assert.InRange(_traits.InstantOf(time, stored), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        }
    }

    private void AssertStored(IReadOnlyList<TEntity> given, IReadOnlyList<TEntity> stored)
    {
        Assert.Equal(given.Count, stored.Count);
        for (var index = 0; index < given.Count; index++)
        {
            AssertStored(given[index], stored[index]);
        }
    }

    private void AssertNames(DualDbException exception)
    {
        Assert.Equal(_info.Name, exception.Entity);
        Assert.Equal(_info.Database, exception.Database);
        Assert.Contains(_info.Name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_info.Database.ToString(), exception.Message, StringComparison.Ordinal);
    }
}
