namespace DualDb.Views;

/// <summary>The conditions of a query, by the members that they are about.</summary>
internal sealed class MemberFilters
{
    private readonly object?[] _filters;

    public MemberFilters(int members) => _filters = new object?[members];

    private MemberFilters(object?[] filters) => _filters = filters;

    /// <summary>The condition on a member; that every row meets where there is none.</summary>
    public Filter<TEntity> Of<TEntity>(int member)
        where TEntity : class
        => (Filter<TEntity>?)_filters[member] ?? Filter<TEntity>.All;

    public bool Has(int member) => _filters[member] is not null;

    /// <summary>The same with a further condition.</summary>
    public MemberFilters With<TEntity>(int member, Filter<TEntity> filter)
        where TEntity : class
    {
        var filters = (object?[])_filters.Clone();
        filters[member] = Of<TEntity>(member) & filter;
        return new MemberFilters(filters);
    }
}
