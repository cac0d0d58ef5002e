using System.ComponentModel;

namespace DualDb;

/// <summary>A repository that knows the databases of its root, so that its rows can be joined with those of other repositories.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJoinedRepository
{
    /// <summary>A database of the root; null where the repository was created without it.</summary>
    /// <param name="database">Which.</param>
    PostgresDatabase? Find(Database database);
}
