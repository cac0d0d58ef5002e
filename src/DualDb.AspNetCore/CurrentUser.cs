namespace DualDb;

/// <summary>The root as the user of the current request sees it: <c>app.MapGet("/notes", (CurrentUser&lt;IShopDb> user) => user.Db.Notes.ListAsync(100))</c>.</summary>
/// <remarks>Register it with <c>AddCurrentUser</c>; one per request. A root by itself, as <c>AddShopDb</c> registers it, acts as the application.</remarks>
/// <typeparam name="TRoot">The interface of the generated root.</typeparam>
public sealed class CurrentUser<TRoot>
    where TRoot : class, IDualDatabase
{
    private readonly Func<TRoot> _create;
    private TRoot? _db;

    /// <summary>A user for tests of handlers: the root that they are given.</summary>
    /// <param name="db">The root.</param>
    public CurrentUser(TRoot db)
        : this(() => db)
        => ArgumentNullException.ThrowIfNull(db);

    internal CurrentUser(Func<TRoot> create) => _create = create;

    /// <summary>The root, acting as the user. It needs no disposal.</summary>
    /// <exception cref="AccessTokenException">The request has no user, or one whose token is refused. It never acts as the application instead.</exception>
    public TRoot Db => _db ??= _create();
}
