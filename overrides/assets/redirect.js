// Leads on from where something stood: data-moved says where each section is now, and data-to, on a
// page that does nothing else, where its page is.
{
  const { to, moved } = document.currentScript.dataset;
  const sections = JSON.parse(moved);

  const leadOn = () => {
    const id = location.hash.slice(1);
    if (Object.hasOwn(sections, id) && !document.getElementById(id)) {
      location.replace(sections[id]);
    } else if (to) {
      location.replace(to.includes("#") ? to : to + location.search + location.hash);
    }
  };

  leadOn();
  addEventListener("hashchange", leadOn);
}
