using Spectre.Console;
using Storefront.Setup;

namespace Storefront.Tour;

/// <summary>What every chapter needs.</summary>
/// <param name="Console">Where it is printed.</param>
/// <param name="Db">The shop's data.</param>
/// <param name="Databases">Where the two databases are.</param>
internal sealed record Guide(IAnsiConsole Console, ShopDb Db, Databases Databases)
{
    /// <summary>Begins a chapter, which is printed when it is disposed of.</summary>
    public Chapter Begin(string title, string about) => new(Console, title, about);
}
