using SpecimenQuery = DualDb.Query<DualDb.IntegrationTests.Querying.Specimen, DualDb.IntegrationTests.Querying.SpecimenColumns, DualDb.IntegrationTests.Querying.SpecimenChanges, DualDb.SupabaseTransaction>;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Orders at random: by columns and by what is computed from them, in both directions, NULL first or last.</summary>
internal sealed class RandomOrders(Random random)
{
    private delegate SpecimenQuery Step(SpecimenQuery query, bool isFirst, bool isDescending, Nulls nulls);

    private static readonly Step[] Steps =
    [
        By(o => o.Name), By(o => o.Note), By(o => o.Count), By(o => o.Rank), By(o => o.Price), By(o => o.Discount), By(o => o.Weight), By(o => o.Height), By(o => o.Ratio),
        By(o => o.IsActive), By(o => o.IsChecked), By(o => o.Code), By(o => o.SeenAt), By(o => o.SoldAt), By(o => o.Born), By(o => o.Opens), By(o => o.Lasts), By(o => o.Weekday),
        By(o => o.Named), By(o => o.Bytes), By(o => o.Id), By(o => o.Details.Value), By(o => o.Details.Text("a")), By(o => o.Details.Number("a")), By(o => o.Details.Boolean("a")),
        By(o => o.Name.ToLower()), By(o => o.Name.Length()), By(o => o.SeenAt.Year()), By(o => o.SoldAt.Date()), By(o => o.SeenAt.DayOfWeek()), By(o => o.Count.ToInt64()),
    ];

    /// <summary>The query in such an order, and in one in which no two rows are alike: the key is put last, in the direction of the part before.</summary>
    public (SpecimenQuery Query, SpecimenQuery Complete) Apply(SpecimenQuery query)
    {
        var parts = random.Next(1, 4);
        var isDescending = false;
        for (var part = 0; part < parts; part++)
        {
            isDescending = random.Next(2) == 0;
            query = Steps[random.Next(Steps.Length)](query, part == 0, isDescending, (Nulls)random.Next(3));
        }

        return (query, isDescending ? query.ThenByDescending(o => o.Id) : query.ThenBy(o => o.Id));
    }

    private static Step By<T>(Func<SpecimenColumns, Column<Specimen, T>> column)
        => (query, isFirst, isDescending, nulls) => (isFirst, isDescending) switch
        {
            (true, false) => query.OrderBy(column, nulls),
            (true, true) => query.OrderByDescending(column, nulls),
            (false, false) => query.ThenBy(column, nulls),
            _ => query.ThenByDescending(column, nulls),
        };
}
